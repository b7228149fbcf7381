using System.Globalization;
using StackExchange.Redis;

namespace ApiPoc.Gateway.Alarms;

/// <summary>
/// Alarms in Redis: per alarm one hash of minutes (<c>{minute}:n</c> samples, <c>{minute}:s</c> their sum) and one field with its state. A
/// state changes by compare-and-set, so that of several processes one announces it.
/// </summary>
internal sealed class RedisAlarms(IConnectionMultiplexer redis)
{
    private const string States = "gateway:alarms";
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    /// <summary>Adds samples to an alarm's minutes.</summary>
    /// <exception cref="RedisException">Redis is gone; so does TimeoutException say.</exception>
    public async Task AddAsync(string alarm, IReadOnlyList<KeyValuePair<long, AlarmSample>> samples, TimeSpan kept)
    {
        var database = redis.GetDatabase();
        var added = samples.SelectMany(sample => new Task[]
        {
            database.HashIncrementAsync(Key(alarm, sample.Key), "n", sample.Value.Count),
            database.HashIncrementAsync(Key(alarm, sample.Key), "s", sample.Value.Sum),
            database.KeyExpireAsync(Key(alarm, sample.Key), kept),
        });
        await Task.WhenAll(added).WaitAsync(Budget);
    }

    /// <summary>Reads an alarm's minutes; those without samples are left out.</summary>
    /// <exception cref="RedisException">Redis is gone; so does TimeoutException say.</exception>
    public async Task<IReadOnlyDictionary<long, AlarmSample>> ReadAsync(string alarm, IReadOnlyList<long> minutes)
    {
        var database = redis.GetDatabase();
        var read = await Task.WhenAll(minutes.Select(minute => database.HashGetAsync(Key(alarm, minute), ["n", "s"]))).WaitAsync(Budget);
        return minutes.Zip(read).Where(pair => !pair.Second[0].IsNull)
            .ToDictionary(pair => pair.First, pair => new AlarmSample((long)pair.Second[0], (double)pair.Second[1]));
    }

    /// <summary>The state of an alarm; INSUFFICIENT_DATA when it has none yet.</summary>
    /// <exception cref="RedisException">Redis is gone; so does TimeoutException say.</exception>
    public async Task<string> StateAsync(string alarm) => (string?)await StoredAsync(alarm) ?? AlarmState.InsufficientData;

    /// <summary>Changes the state of an alarm.</summary>
    /// <returns>Whether it was still <paramref name="from"/>: then the change is this process's to announce.</returns>
    /// <exception cref="RedisException">Redis is gone; so does TimeoutException say.</exception>
    public async Task<bool> TryChangeAsync(string alarm, string from, string to)
    {
        var before = await StoredAsync(alarm);
        if (((string?)before ?? AlarmState.InsufficientData) != from)
            return false;
        var change = redis.GetDatabase().CreateTransaction();
        change.AddCondition(before.IsNull ? Condition.HashNotExists(States, alarm) : Condition.HashEqual(States, alarm, before));
        _ = change.HashSetAsync(States, alarm, to);
        return await change.ExecuteAsync().WaitAsync(Budget);
    }

    private Task<RedisValue> StoredAsync(string alarm) => redis.GetDatabase().HashGetAsync(States, alarm).WaitAsync(Budget);

    private static RedisKey Key(string alarm, long minute) => $"gateway:alarm:{alarm}:{minute.ToString(CultureInfo.InvariantCulture)}";
}
