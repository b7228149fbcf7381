using ApiPoc.ExternalApi.Answers;
using ApiPoc.ExternalApi.Faults;
using ApiPoc.ExternalApi.Throttling;

namespace ApiPoc.ExternalApi.Quotas;

/// <summary>What is left of the quotas.</summary>
internal static class QuotaEndpoints
{
    public static void MapQuotas(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/keys", ListAsync);
        routes.MapDelete("/keys", ClearAsync);
        routes.MapGet("/health", CheckAsync);
    }

    private static async Task<KeysAnswer> ListAsync(QuotaKeys keys, QuotaCheck quotas, CancellationToken cancellationToken)
    {
        var used = await Task.WhenAll((await keys.ApiKeysAsync(cancellationToken)).Select(async apiKey =>
        {
            var look = await quotas.LookAsync(apiKey, cancellationToken);
            return look.Quotas.Select(quota => quota.Status).Where(status => status.ResetAfter > TimeSpan.Zero).Select(status =>
                new KeyAnswer($"{status.Limit.Name}:{apiKey}", $"{status.Remaining}", RateLimitHeaders.WholeSeconds(status.ResetAfter)));
        }));
        return new KeysAnswer([.. used.SelectMany(key => key).OrderBy(key => key.Name, StringComparer.Ordinal)]);
    }

    private static async Task<StatusAnswer> ClearAsync(QuotaKeys keys, CancellationToken cancellationToken) =>
        new(200, $"{await keys.ClearAsync(cancellationToken)} keys deleted");

    // Healthy means that any call of this key would be served, so every level must have something left.
    private static async Task<IResult> CheckAsync(HttpContext context, QuotaCheck quotas, FaultInjection faults)
    {
        if (ApiKeyHeader.Read(context.Request, out string badKey) is not { } apiKey)
            return new StatusAnswer(400, badKey);

        var look = await quotas.LookAsync(apiKey, context.RequestAborted);
        await faults.DelayAsync(context.RequestAborted);
        if (look.Refusal is not { } refusal)
            return await faults.InsteadOfAnswerAsync(context) ?? new StatusAnswer(200, "quota ok");

        RateLimitHeaders.Write(context.Response.Headers, look);
        return new StatusAnswer(429, $"quota exceeded at {refusal.Window.Label} interval");
    }

    private sealed record KeysAnswer(IReadOnlyList<KeyAnswer> Keys);

    /// <param name="Name">Level, window if the level has several, and API key.</param>
    /// <param name="Value">Calls left, as text, as the original has it.</param>
    /// <param name="Ttl">Seconds until the window ends, rounded up.</param>
    private sealed record KeyAnswer(string Name, string Value, long Ttl);
}
