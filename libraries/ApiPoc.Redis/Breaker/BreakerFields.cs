using System.Globalization;
using ApiPoc.Domain.Breaker;
using StackExchange.Redis;

namespace ApiPoc.Redis.Breaker;

/// <summary>A breaker's state as the fields the scripts read and write.</summary>
internal static class BreakerFields
{
    public static RedisValue[] Write(BreakerState state) =>
    [
        Name(state.Circuit), state.Epoch, state.ProbeAt?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "",
        state.Reason, state.ProbeHolder ?? "", state.Failures,
    ];

    public static BreakerReading Read(RedisValue[] fields)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds((long)fields[0]);
        if (fields.Length == 1)
            return new(BreakerState.Initial, now);

        string holder = fields[5].ToString();
        var state = new BreakerState(
            Circuit(fields[1].ToString()), (long)fields[2], ReadTime(fields[3].ToString()), fields[4].ToString(),
            holder.Length == 0 ? null : holder, (int)fields[6]);
        return new(state, now);
    }

    private static DateTimeOffset? ReadTime(string milliseconds) => milliseconds.Length == 0
        ? null
        : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture));

    private static string Name(CircuitState circuit) => circuit switch
    {
        CircuitState.Closed => "CLOSED",
        CircuitState.Open => "OPEN",
        _ => "HALF_OPEN",
    };

    private static CircuitState Circuit(string name) => name switch
    {
        "CLOSED" => CircuitState.Closed,
        "OPEN" => CircuitState.Open,
        _ => CircuitState.HalfOpen,
    };
}
