using StackExchange.Redis;

namespace ApiPoc.Redis;

/// <summary>Tells "Redis cannot serve us now" from a fault of our own.</summary>
public static class RedisFailure
{
    /// <summary>
    /// Whether <paramref name="failure"/> means that Redis is gone, slow, or refusing (no memory, read-only, loading).
    /// Time-outs of StackExchange.Redis do not derive from its own base exception.
    /// </summary>
    public static bool IsUnavailable(Exception failure) => failure is RedisException or TimeoutException or ObjectDisposedException;
}
