using ApiPoc.Domain.Throttling;

namespace ApiPoc.Testing;

/// <summary>
/// A seeded random life of a handful of limits of every type: which sets are asked, at what cost, and how time moves in
/// between, with a taste for edges: no time at all, one microsecond, just at and just before a retry, ends of months, a
/// clock that goes back.
/// </summary>
public sealed class AdmissionHistory
{
    private static readonly int[] Offsets = [0, 330, -570, 840];
    private readonly Random _random;
    private readonly List<Limit> _limits = [];

    /// <summary>Draws the limits from a seed; equal seeds give equal histories.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="numbersChange">Whether some limits share a key with other numbers, as after a change of configuration.</param>
    public AdmissionHistory(int seed, bool numbersChange)
    {
        _random = new Random(seed);
        for (int i = 0; i < 14; i++)
            _limits.Add(NextLimit($"{(numbersChange ? i % 9 : i)}"));
    }

    /// <summary>The next set, one to six limits of distinct keys.</summary>
    public IReadOnlyList<Limit> NextSet() =>
        [.. Shuffled().DistinctBy(limit => limit.Key).Take(_random.Next(1, 7))];

    /// <summary>The next cost: mostly one, sometimes nothing, rarely more than a limit can ever admit.</summary>
    public int NextCost() => _random.Next(12) switch { 0 => 0, 1 => 2, 2 => _random.Next(1, 6), 3 => _random.Next(1, 40), _ => 1 };

    /// <summary>Moves the clock to the moment of the next question.</summary>
    /// <param name="clock">The clock to move.</param>
    /// <param name="last">The decision before, whose retry times are interesting moments.</param>
    /// <param name="mayGoBack">Whether the clock may be set back.</param>
    public void MoveTime(ManualTimeProvider clock, AdmissionDecision? last, bool mayGoBack)
    {
        var microsecond = TimeSpan.FromMicroseconds(1);
        var retry = last?.RetryAfter is { } after && after < TimeSpan.FromDays(40) ? after : TimeSpan.Zero;
        switch (_random.Next(mayGoBack ? 16 : 15))
        {
            case < 5: break;
            case 5: clock.Advance(microsecond); break;
            case 6: clock.Advance(retry); break;
            case 7: clock.Advance(retry > microsecond ? retry - microsecond : TimeSpan.Zero); break;
            case 8: clock.Advance(TimeSpan.FromMicroseconds(_random.NextInt64(2_000))); break;
            case 9 or 10 or 11: clock.Advance(TimeSpan.FromMicroseconds(_random.NextInt64(2_000_000))); break;
            case 12: clock.Advance(TimeSpan.FromMicroseconds(_random.NextInt64(7_200_000_000))); break;
            case 13: clock.Advance(TimeSpan.FromMicroseconds(_random.NextInt64(3 * 86_400_000_000))); break;
            case 14: clock.Advance(UntilNextMonth(clock.GetUtcNow()) - TimeSpan.FromMicroseconds(_random.Next(2))); break;
            default: clock.SetUtcNow(clock.GetUtcNow() - TimeSpan.FromMicroseconds(_random.NextInt64(OneOf(1_000, 3_000_000, 5_000_000_000)))); break;
        }
    }

    private Limit NextLimit(string key) => _random.Next(3) switch
    {
        0 => new TokenBucketLimit(key, $"bucket {key}", OneOf(0.01, 1d / 3, 1, 3, 7.7, 100, 999_983, _random.NextDouble() * 10 + 1e-3), OneOf(1, 2, 5, 20, 1000)),
        1 => new WindowLimit(key, $"window {key}", OneOf(1, 3, 10, 100), OneOf(TimeSpan.FromMilliseconds(1), TimeSpan.FromMicroseconds(1500), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromDays(1))),
        _ => new CalendarLimit(key, $"calendar {key}", OneOf(1, 4, 50), (CalendarPeriod)_random.Next(3))
        {
            WeekStart = (DayOfWeek)_random.Next(7),
            UtcOffset = TimeSpan.FromMinutes(OneOf(Offsets)),
        },
    };

    private static TimeSpan UntilNextMonth(DateTimeOffset now) =>
        new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1) - now;

    private Limit[] Shuffled()
    {
        var limits = _limits.ToArray();
        _random.Shuffle(limits);
        return limits;
    }

    private T OneOf<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
