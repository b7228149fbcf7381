using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>
/// Told 50 a second, the API allows 40 by the clock. Permits granted before the first refusal are held back over the closing and used when the
/// next window has opened.
/// </summary>
public sealed class HeldBackTests
{
    private const long WindowOpens = 1_001_000_000;
    private readonly OneLimit _quota = new(WindowOpens - 600_000);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void CallsHeldBackOverAClosing_AreCountedInTheWindowTheyLeftIn(int held)
    {
        for (var accepted = 0; accepted < 40;)
            accepted += AnswerAll(_quota.Ask(Math.Min(6, 40 - accepted)));
        var last = _quota.Ask(held + 1);
        Assert.Equal(held + 1, last.Count);
        _quota.Refuse(last[0], _quota.Now);

        _quota.Now = WindowOpens + 12_000;
        AnswerAll(last[1..]);

        Assert.Equal(40 - held, UntilTheNextWindow());
        Assert.Equal(40, _quota.Size);
    }

    /// <summary>How many calls are granted until the window ends.</summary>
    private int UntilTheNextWindow()
    {
        var granted = 0;
        for (; _quota.Now < WindowOpens + 1_000_000 - OneLimit.Latency; _quota.Now += 2_000)
        {
            var grants = _quota.Ask(50);
            granted += grants.Count(grant => grant.Moment < WindowOpens + 1_000_000);
            AnswerAll(grants);
        }

        return granted;
    }

    private int AnswerAll(IReadOnlyList<QuotaGrant> grants)
    {
        foreach (var grant in grants) _quota.Accept(grant, Math.Max(_quota.Now, grant.Moment), QuotaHeaders.None);
        _quota.Await(grants);
        return grants.Count;
    }
}
