using ApiPoc.Redis.Throttling;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.ExternalApi.Stats;

/// <summary>How often consumers invoked their workers, as the consumers counted it.</summary>
internal static class StatsEndpoints
{
    // The consumer's key, by contract: a hash of yyyy-MM-dd:api_id → count.
    private const string InvocationsKey = "stats:invoke";

    public static void MapStats(this IEndpointRouteBuilder routes) => routes.MapGet("/stats/invoke", ReadInvocationsAsync);

    private static async Task<SortedDictionary<string, long>> ReadInvocationsAsync(
        IConnectionMultiplexer redis, IOptions<RedisAdmissionOptions> options, CancellationToken cancellationToken)
    {
        var entries = await redis.GetDatabase().HashGetAllAsync(InvocationsKey).WaitAsync(options.Value.Timeout, cancellationToken);
        return new SortedDictionary<string, long>(entries.ToDictionary(entry => entry.Name.ToString(), entry => (long)entry.Value), StringComparer.Ordinal);
    }
}
