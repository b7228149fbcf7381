using ApiPoc.Gateway.Validation;

namespace ApiPoc.Gateway.Definitions;

/// <summary>What an API must hold.</summary>
internal static class RestApiRules
{
    private static readonly TimeSpan LongestPreflight = TimeSpan.FromDays(1);

    /// <summary>Checks one API with its resources, authorizers and stages.</summary>
    public static void Validate(RestApiDefinition api, DefinitionErrors errors)
    {
        errors.Check(api.Resources.Count > 0, "resources", "none", "at least one resource");
        errors.Check(api.Stages.Count > 0, "stages", "none", "at least one stage");
        foreach (var (id, authorizer) in api.Authorizers)
            AuthorizerRules.Validate(authorizer, errors.At("authorizers").At(id));
        foreach (var (name, model) in api.Models)
            errors.At("models").Check(JsonModel.Problem(model) is null, name, "(schema)", JsonModel.Problem(model) ?? "");
        ResourceRules.Validate(api, errors.At("resources"));
        foreach (var (name, stage) in api.Stages)
            StageRules.Validate(name, stage, api, errors.At("stages").At(name));
        if (api.Cors is { } cors)
            ValidateCors(cors, errors.At("cors"));
    }

    private static void ValidateCors(CorsDefinition cors, DefinitionErrors errors)
    {
        bool any = cors.AllowOrigins.Contains("*", StringComparer.Ordinal);
        errors.Check(cors.AllowOrigins.Count > 0, "allowOrigins", "none", "at least one origin");
        errors.Check(!any || cors.AllowOrigins.Count == 1, "allowOrigins", "*", "* stands alone");
        errors.Check(!any || !cors.AllowCredentials, "allowCredentials", true, "not together with the origin *: any site could act for the user");
        errors.Check(cors.MaxAge >= TimeSpan.Zero && cors.MaxAge <= LongestPreflight, "maxAge", cors.MaxAge, "00:00:00 to 1.00:00:00");
        foreach (string origin in cors.AllowOrigins.Where(origin => origin != "*"))
            errors.Check(IsOrigin(origin), "allowOrigins", origin, "scheme://host[:port] without a path");
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase);
}
