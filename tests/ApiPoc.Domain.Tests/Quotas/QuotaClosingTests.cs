using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>A quota declared as 30 an hour, from which a caller has taken ten permits. Its closings are told of from five seconds.</summary>
public sealed class QuotaClosingTests
{
    private const long Second = 1_000_000;
    private const long Start = 1_000 * Second;
    private const long ToldFrom = 5 * Second;

    private readonly QuotaRules _rules = new([new ResourcePattern("**")], new Dictionary<string, double>(StringComparer.Ordinal));
    private readonly QuotaState _state =
        QuotaState.Create([new DeclaredLimit { Name = "hourly", Count = 30, Period = TimeSpan.FromHours(1), Shape = LimitShape.SlidingLog }]);
    private readonly Queue<QuotaGrant> _permits;

    public QuotaClosingTests() => _permits = new(Take(10, Start));

    [Fact]
    public void Burst_OfRefusals_IsOneClosing()
    {
        var first = Refuse(_permits.Dequeue(), Start + 5_000, retryAfter: 40);
        var others = Enumerable.Range(1, 5).SelectMany(number => Refuse(_permits.Dequeue(), Start + 5_000 + (number * 1_000), retryAfter: 40)).ToArray();

        var closed = Assert.Single(first);
        Assert.Equal((true, false, true, "hourly", 1, Start + 5_000), (closed.IsNew, closed.IsOver, closed.Closing.IsTold, closed.Closing.Limit, closed.Closing.Refusals, closed.Closing.Since));
        Assert.Equal(_state.ClosedUntil - closed.Closing.Since, _state.Closing!.Length);
        Assert.Empty(others);
        Assert.Equal(6, _state.Closing.Refusals);
    }

    [Fact]
    public void ShortClosing_IsNotTold_UntilItWasProlongedEnough()
    {
        List<(bool IsNew, bool IsTold)> told = [];
        for (long at = Start + 5_000; _permits.TryDequeue(out var permit); at = _state.ClosedUntil + 10_000)
            told.AddRange(Refuse(permit, at, retryAfter: 2).Select(change => (change.IsNew, change.Closing.IsTold)));

        Assert.Equal([(true, false), (false, true)], told);
        Assert.InRange(_state.Closing!.Length, 9 * Second, 20 * Second);
    }

    [Fact]
    public void AcceptedCall_ThatLeftBeforeTheEnd_DoesNotReopen_OneThatLeftAfterDoes()
    {
        Refuse(_permits.Dequeue(), Start + 5_000, retryAfter: 40);
        Assert.Empty(Accept(_permits.Dequeue(), Start + 9_000));

        var permit = Take(1, _state.ClosedUntil + Second).Single();
        var reopened = Assert.Single(Accept(permit, permit.Moment + 5_000));

        Assert.Equal((false, true, true, 1), (reopened.IsNew, reopened.IsOver, reopened.Closing.IsTold, reopened.Closing.Refusals));
        Assert.Null(_state.Closing);
        Assert.Empty(Accept(_permits.Dequeue(), permit.Moment + 6_000));
    }

    [Fact]
    public void Refusal_AfterTheClosingWasLongOver_BeginsAnother()
    {
        Refuse(_permits.Dequeue(), Start + 5_000, retryAfter: 40);
        var later = _state.ClosedUntil + (2 * _state.Closing!.Length);

        var changes = Refuse(_permits.Dequeue(), later, retryAfter: 40);

        Assert.Equal([(false, true, Start + 5_000), (true, false, later)], changes.Select(change => (change.IsNew, change.IsOver, change.Closing.Since)));
        Assert.Equal(1, _state.Closing.Refusals);
    }

    [Fact]
    public void Length_OfAProlongedClosing_DoesNotCountTheTimeBetween()
    {
        Refuse(_permits.Dequeue(), Start + 5_000, retryAfter: 40);
        var (length, until) = (_state.Closing!.Length, _state.ClosedUntil);

        Refuse(_permits.Dequeue(), until + (10 * Second), retryAfter: 40);

        Assert.Equal(length + (_state.ClosedUntil - (until + (10 * Second))), _state.Closing.Length);
        Assert.Equal(2, _state.Closing.Refusals);
    }

    private IReadOnlyList<QuotaGrant> Take(int count, long now) =>
        _rules.Ask(_state, [.. Enumerable.Range(0, count).Select(number => new PermitRequest($"{number}", "items", ""))], now).Grants;

    private IReadOnlyList<ClosingChange> Refuse(QuotaGrant permit, long answeredAt, int retryAfter) =>
        Report(permit, answeredAt, 429, QuotaHeaders.None with { RetryAfter = TimeSpan.FromSeconds(retryAfter) });

    private IReadOnlyList<ClosingChange> Accept(QuotaGrant permit, long answeredAt) => Report(permit, answeredAt, 200, QuotaHeaders.None);

    private IReadOnlyList<ClosingChange> Report(QuotaGrant permit, long answeredAt, int status, QuotaHeaders headers)
    {
        var before = _state.Closing;
        QuotaRules.Report(_state, new QuotaReport(permit.PermitId, answeredAt - 4_000, answeredAt, status, headers));
        return QuotaClosing.Follow(before, _state, ToldFrom);
    }
}
