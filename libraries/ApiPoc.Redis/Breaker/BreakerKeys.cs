using StackExchange.Redis;

namespace ApiPoc.Redis.Breaker;

/// <summary>
/// Where a breaker lives. A person asks <c>GET ODG_SURVEYS:state</c>; the details stand beside it, and the braces put them into the
/// slot that Redis Cluster gives to the name inside them.
/// </summary>
internal static class BreakerKeys
{
    /// <summary>The channel on which the api_id of every changed breaker is published.</summary>
    public const string ChangesChannel = "breaker:changes";

    /// <summary>The channel on which the api_id is published whose calls everybody is to count who has not yet.</summary>
    public const string RecountsChannel = "breaker:recounts";

    /// <summary><c>OPEN</c>, <c>CLOSED</c> or <c>HALF_OPEN</c>.</summary>
    public static RedisKey State(string apiId) => $"{apiId}:state";

    /// <summary>A hash with the whole state.</summary>
    public static RedisKey Details(string apiId) => $"{{{apiId}:state}}:breaker";

    /// <summary>A hash with the calls and failures of late.</summary>
    public static RedisKey Calls(string apiId) => $"{{{apiId}:state}}:calls";
}
