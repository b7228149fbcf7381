using ApiPoc.Domain.Throttling;

namespace ApiPoc.Domain.Tests.Throttling;

public sealed class LimitSetTests
{
    public static TheoryData<Limit> Faulty =>
    [
        new TokenBucketLimit("k", "n", 0, 1),
        new TokenBucketLimit("k", "n", -1, 1),
        new TokenBucketLimit("k", "n", double.NaN, 1),
        new TokenBucketLimit("k", "n", double.PositiveInfinity, 1),
        new TokenBucketLimit("k", "n", 1_000_001, 1),
        new TokenBucketLimit("k", "n", 1, 0),
        new TokenBucketLimit("k", "n", 1e-300, 1),
        new TokenBucketLimit("k", "n", 1, 10_000_000_000),
        new WindowLimit("k", "n", 0, TimeSpan.FromSeconds(1)),
        new WindowLimit("k", "n", long.MaxValue, TimeSpan.FromSeconds(1)),
        new WindowLimit("k", "n", 1, TimeSpan.FromMicroseconds(999)),
        new WindowLimit("k", "n", 1, TimeSpan.MaxValue),
        new CalendarLimit("k", "n", 0, CalendarPeriod.Day),
        new CalendarLimit("k", "n", 1, (CalendarPeriod)3),
        new CalendarLimit("k", "n", 1, CalendarPeriod.Week) { WeekStart = (DayOfWeek)7 },
        new CalendarLimit("k", "n", 1, CalendarPeriod.Day) { UtcOffset = TimeSpan.FromHours(15) },
        new CalendarLimit("k", "n", 1, CalendarPeriod.Day) { UtcOffset = TimeSpan.FromSeconds(30) },
    ];

    public static TheoryData<Limit> Sound =>
    [
        new TokenBucketLimit("k", "n", 1_000_000, LimitSet.MaxCapacity),
        new TokenBucketLimit("k", "n", 1e-9, 1),
        new WindowLimit("k", "n", 1, TimeSpan.FromMilliseconds(1)),
        new WindowLimit("k", "n", LimitSet.MaxCapacity, LimitSet.MaxPeriod),
        new CalendarLimit("k", "n", 1, CalendarPeriod.Month) { UtcOffset = TimeSpan.FromHours(-14) },
    ];

    [Theory, MemberData(nameof(Faulty))]
    public void Validate_NumbersOutOfBounds_Throws(Limit limit) =>
        Assert.StartsWith("Limit 'n': ", Assert.Throws<ArgumentException>(() => LimitSet.Validate([limit], 1)).Message, StringComparison.Ordinal);

    [Theory, MemberData(nameof(Sound))]
    public void Validate_NumbersAtTheirBounds_Passes(Limit limit) => LimitSet.Validate([limit], int.MaxValue);
}
