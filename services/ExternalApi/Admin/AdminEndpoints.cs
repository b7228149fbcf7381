using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ApiPoc.ExternalApi.Answers;
using ApiPoc.ExternalApi.Faults;
using ApiPoc.ExternalApi.Quotas;

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

        Map<QuotaOptions>(app, "/admin/quotas", QuotaOptionsValidator.Faults);
        Map<FaultOptions>(app, "/admin/faults", FaultOptionsValidator.Faults);
    }

    private static void Map<T>(WebApplication app, string path, Func<T, IEnumerable<string>> findFaults) where T : class
    {
        var inForce = app.Services.GetRequiredService<LiveSwitch<T>>();
        app.MapGet(path, () => TypedResults.Json(inForce.Current, Json));
        app.MapPut(path, (HttpRequest request, CancellationToken cancellationToken) => PutAsync(inForce, request, findFaults, cancellationToken));
        app.MapDelete(path, () =>
        {
            inForce.Set(null);
            return TypedResults.Json(inForce.Current, Json);
        });
    }

    private static async Task<IResult> PutAsync<T>(
        LiveSwitch<T> inForce, HttpRequest request, Func<T, IEnumerable<string>> findFaults, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var body = await JsonNode.ParseAsync(request.Body, documentOptions: Strict, cancellationToken: cancellationToken);
            var options = Overlay(inForce.Configured, body);
            string[] faults = [.. findFaults(options)];
            if (faults.Length > 0)
                return new StatusAnswer(400, string.Join("; ", faults));
            inForce.Set(options);
            return TypedResults.Json(options, Json);
        }
        catch (JsonException bad)
        {
            // The serializer's own text names our types.
            string problem = bad.Path is { } place ? $"{place} is unknown or of the wrong kind." : bad.Message;
            return new StatusAnswer(400, $"The body is not what {request.Path} understands: {problem}");
        }
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
