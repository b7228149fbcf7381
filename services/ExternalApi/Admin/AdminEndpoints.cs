using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ApiPoc.ExternalApi.Answers;
using ApiPoc.ExternalApi.Faults;
using ApiPoc.ExternalApi.Quotas;
using Microsoft.Extensions.Options;

namespace ApiPoc.ExternalApi.Admin;

/// <summary>
/// Live switches, in Development only: GET shows what is in force, PUT puts what the body says in force over what is configured,
/// DELETE goes back to what is configured. They live in this process and end with it.
/// </summary>
internal static class AdminEndpoints
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static void MapAdmin(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            return;

        var quotas = app.Services.GetRequiredService<QuotaSwitch>();
        var configuredQuotas = app.Services.GetRequiredService<IOptionsMonitor<QuotaOptions>>();
        Map(app, "/admin/quotas", () => quotas.Current, () => configuredQuotas.CurrentValue, quotas.Set, QuotaOptionsValidator.Faults);

        var faults = app.Services.GetRequiredService<FaultSwitch>();
        var configuredFaults = app.Services.GetRequiredService<IOptionsMonitor<FaultOptions>>();
        Map(app, "/admin/faults", () => faults.Current, () => configuredFaults.CurrentValue, faults.Set, FaultOptionsValidator.Faults);
    }

    private static void Map<T>(
        WebApplication app, string path, Func<T> current, Func<T> configured, Action<T?> set, Func<T, IEnumerable<string>> findFaults)
        where T : class
    {
        app.MapGet(path, () => TypedResults.Json(current(), Json));
        app.MapPut(path, async (HttpRequest request, CancellationToken cancellationToken) =>
        {
            try
            {
                var body = await JsonNode.ParseAsync(request.Body, documentOptions: Strict, cancellationToken: cancellationToken);
                var options = Overlay(configured(), body);
                string[] faults = [.. findFaults(options)];
                if (faults.Length > 0)
                    return new StatusAnswer(400, string.Join("; ", faults));
                set(options);
                return (IResult)TypedResults.Json(current(), Json);
            }
            catch (JsonException bad)
            {
                return new StatusAnswer(400, $"The body is not what {path} understands: {bad.Message}");
            }
        });
        app.MapDelete(path, () =>
        {
            set(null);
            return TypedResults.Json(current(), Json);
        });
    }

    private static T Overlay<T>(T configured, JsonNode? body)
    {
        if (body is not JsonObject changes)
            throw new JsonException("an object is expected.");
        if (HasNull(changes))
            throw new JsonException("null is no value here; leave out what is to be as configured.");
        var whole = JsonSerializer.SerializeToNode(configured, Json)!.AsObject();
        foreach (var (name, value) in changes)
            whole[name] = value!.DeepClone();
        return whole.Deserialize<T>(Json)!;
    }

    private static bool HasNull(JsonNode? node) => node switch
    {
        null => true,
        JsonObject members => members.Any(member => HasNull(member.Value)),
        JsonArray items => items.Any(HasNull),
        _ => false,
    };
}
