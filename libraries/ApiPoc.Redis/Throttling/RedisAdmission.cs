using ApiPoc.Domain.Throttling;
using StackExchange.Redis;

namespace ApiPoc.Redis.Throttling;

/// <summary>
/// Keeps limits in Redis, shared by every process with the same prefix. One script call decides and charges a whole set, by
/// Redis's own clock, so no process's clock matters.
/// </summary>
public sealed class RedisAdmission : IAdmission, IAdmissionReturns
{
    private const int HeaderLength = 2;
    private const int FieldsPerLimit = 4;
    private static readonly RedisScript AdmitScript = RedisScript.Load("admit");

    private readonly IConnectionMultiplexer _redis;
    private readonly RedisAdmissionOptions _options;
    private readonly RedisScript _script;

    /// <summary>Uses a connection that others may share.</summary>
    public RedisAdmission(IConnectionMultiplexer redis, RedisAdmissionOptions options) : this(redis, options, AdmitScript)
    {
    }

    internal RedisAdmission(IConnectionMultiplexer redis, RedisAdmissionOptions options, RedisScript script) =>
        (_redis, _options, _script) = (redis, options, script);

    /// <summary>The Redis key of a limit's state.</summary>
    public string KeyOf(Limit limit) => $"{_options.KeyPrefix}{Kind(limit)}:{limit.Key}";

    /// <inheritdoc/>
    public async ValueTask<AdmissionDecision> AdmitAsync(
        IReadOnlyList<Limit> limits, int cost = 1, CancellationToken cancellationToken = default)
    {
        LimitSet.Validate(limits, cost);
        return Read(limits, await EvaluateAsync(limits, [cost, .. limits.SelectMany(Arguments)], cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask ReturnAsync(AdmissionDecision charged, int cost, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        var limits = charged.Limits.Select(status => status.Limit).ToList();
        await EvaluateAsync(limits, [-cost, .. limits.SelectMany(Arguments), Microseconds(charged.At - DateTimeOffset.UnixEpoch)], cancellationToken);
    }

    private async Task<RedisValue[]> EvaluateAsync(IReadOnlyList<Limit> limits, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var keys = limits.Select(limit => (RedisKey)KeyOf(limit)).ToArray();
        try
        {
            return (RedisValue[])(await _script.EvaluateAsync(_redis, keys, arguments, _options.Timeout, cancellationToken))!;
        }
        catch (TimeoutException late)
        {
            throw new AdmissionUnavailableException($"Redis gave no decision within {_options.Timeout.TotalMilliseconds} ms.", late);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new AdmissionUnavailableException($"Redis could not decide: {failure.GetType().Name}.", failure);
        }
    }

    private static char Kind(Limit limit) => limit switch
    {
        TokenBucketLimit => 'b',
        WindowLimit => 'w',
        CalendarLimit => 'c',
        _ => throw new ArgumentException($"A {limit.GetType().Name} is no known type of limit.", nameof(limit)),
    };

    // 17 digits give every double back exactly.
    private static RedisValue[] Arguments(Limit limit) => limit switch
    {
        TokenBucketLimit bucket => ["b", bucket.Burst, (1e6 / bucket.Rate).ToString("G17"), 0],
        WindowLimit window => ["w", window.Count, Microseconds(window.Period), 0],
        CalendarLimit calendar =>
            [calendar.Period.ToString()[..1], calendar.Count, Microseconds(calendar.UtcOffset), (int)calendar.WeekStart],
        _ => throw new ArgumentException($"A {limit.GetType().Name} is no known type of limit.", nameof(limit)),
    };

    private static AdmissionDecision Read(IReadOnlyList<Limit> limits, RedisValue[] result)
    {
        var statuses = limits.Select((limit, i) =>
        {
            var fields = result.AsSpan(HeaderLength + i * FieldsPerLimit, FieldsPerLimit);
            return new LimitStatus(limit, (long)fields[0] == 1, (long)fields[1], Span((long)fields[2]), Span((long)fields[3]));
        });
        return new AdmissionDecision((long)result[0] == 1, DateTimeOffset.UnixEpoch + Span((long)result[1]), [.. statuses]);
    }

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static TimeSpan Span(long microseconds) =>
        microseconds < 0 ? TimeSpan.MaxValue : TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
