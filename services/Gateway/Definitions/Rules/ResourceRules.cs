using System.Text.RegularExpressions;

namespace ApiPoc.Gateway.Definitions;

/// <summary>What resources and methods must hold.</summary>
internal static partial class ResourceRules
{
    private static readonly string[] Verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"];

    /// <summary>Checks every resource of <paramref name="api"/>.</summary>
    public static void Validate(RestApiDefinition api, DefinitionErrors errors)
    {
        CheckOverlaps(api.Resources.Keys, errors);
        foreach (var (path, methods) in api.Resources)
        {
            errors.Check(PathPattern().IsMatch(path), path, path, "segments of letters, digits and -._~, or {name}; {name+} as the last");
            errors.Check(methods.Count > 0, path, "no method", "at least one method");
            foreach (var (verb, method) in methods)
            {
                errors.At(path).Check(Verbs.Contains(verb, StringComparer.Ordinal), verb, verb, $"one of {string.Join(", ", Verbs)}");
                ValidateMethod(method, path, api, errors.At(path).At(verb));
            }
        }
    }

    private static void ValidateMethod(MethodDefinition method, string path, RestApiDefinition api, DefinitionErrors errors)
    {
        errors.Check(method.Authorizer is null || api.Authorizers.ContainsKey(method.Authorizer), "authorizer", method.Authorizer, "no such authorizer in this API");
        errors.Check(method.RequestModel is null || api.Models.ContainsKey(method.RequestModel), "requestModel", method.RequestModel, "no such model in this API");
        foreach (string parameter in method.RequestParameters.Keys.Concat(method.CacheKeyParameters))
            CheckParameter(parameter, path, errors);
        foreach (string parameter in method.CacheKeyParameters.Where(parameter => !method.RequestParameters.ContainsKey(parameter)))
            errors.Add("cacheKeyParameters", parameter, "must be declared in requestParameters");
        IntegrationRules.Validate(method.Integration, path, errors.At("integration"));
    }

    private static void CheckParameter(string parameter, string path, DefinitionErrors errors)
    {
        const string PathPrefix = "method.request.path.";
        errors.Check(ParameterPattern().IsMatch(parameter), "requestParameters", parameter, "method.request.querystring.name, …header.name or …path.name");
        if (parameter.StartsWith(PathPrefix, StringComparison.Ordinal))
            errors.Check(IsPathParameter(path, parameter[PathPrefix.Length..]), "requestParameters", parameter, $"no such parameter in {path}");
    }

    /// <summary>Whether <paramref name="path"/> has the parameter <c>{name}</c> or <c>{name+}</c>.</summary>
    public static bool IsPathParameter(string path, string name) =>
        path.Contains($"{{{name}}}", StringComparison.Ordinal) || path.Contains($"{{{name}+}}", StringComparison.Ordinal);

    // Two paths that differ only in their parameters' names match the same requests.
    private static void CheckOverlaps(IEnumerable<string> paths, DefinitionErrors errors)
    {
        foreach (var same in paths.GroupBy(path => ParameterName().Replace(path, "{}"), StringComparer.Ordinal).Where(group => group.Count() > 1))
            errors.Add(same.Last(), "overlap", $"matches the same requests as {same.First()}");
    }

    [GeneratedRegex(@"^/$|^(?:/(?:[A-Za-z0-9\-._~]+|\{[A-Za-z0-9_]+\}))*(?:/\{[A-Za-z0-9_]+\+\})?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternTimeout.Milliseconds)]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"^method\.request\.(?:querystring|header|path)\.[A-Za-z0-9_\-.]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternTimeout.Milliseconds)]
    private static partial Regex ParameterPattern();

    [GeneratedRegex(@"\{[^}+]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternTimeout.Milliseconds)]
    private static partial Regex ParameterName();
}
