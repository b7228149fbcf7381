using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>Headers told 50 a second; then the API allows 25, and its first refusal is known before the answers that tell so.</summary>
public sealed class ToldLessTests
{
    private const long Second = 1_000_000;
    private readonly OneLimit _quota = new(1_000 * Second);

    [Fact]
    public void ARefusalBeforeTheAnswers_HoldsTheRestBackUntilTheyAreKnown()
    {
        var burst = BurstAfterFullWindows();

        var until = _quota.Refuse(burst[25], burst[25].Moment);

        Assert.InRange(until ?? 0, burst[25].Moment + (Second / 10), burst[25].Moment + Second);
    }

    [Fact]
    public void ARefusalAfterAnAnswerThatTellsLess_ClosesUntilTheWindowEnds()
    {
        var burst = BurstAfterFullWindows();
        Accept(burst[0], limit: 25, remaining: 24);

        var until = _quota.Refuse(burst[25], burst[25].Moment);

        Assert.InRange(until ?? 0, burst[0].Moment + Second, burst[0].Moment + Second + (2 * OneLimit.Latency));
    }

    private List<QuotaGrant> BurstAfterFullWindows()
    {
        for (var window = 0; window < 3; window++)
        {
            for (var used = 0; used < 50;)
            {
                var grants = _quota.Ask(50 - used);
                foreach (var grant in grants) Accept(grant, limit: 50, remaining: 50 - ++used);
                _quota.Await(grants);
            }
        }

        List<QuotaGrant> burst = [];
        for (; burst.Count < 30; _quota.Now += 2_000) burst.AddRange(_quota.Ask(50));
        return burst;
    }

    private void Accept(QuotaGrant grant, long limit, long remaining) =>
        _quota.Accept(grant, grant.Moment, new QuotaHeaders(limit, null, remaining, null, null));
}
