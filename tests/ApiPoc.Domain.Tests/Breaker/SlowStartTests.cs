using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Quotas;
using ApiPoc.Testing;

namespace ApiPoc.Domain.Tests.Breaker;

public sealed class SlowStartTests : IDisposable
{
    private readonly RecordedMeters _meters = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly OneBreaker _store;
    private readonly BreakerView _view;
    private readonly OpenQuotaEngine _quota;
    private readonly SlowStart _slow;

    public SlowStartTests()
    {
        _store = new(_clock);
        _view = new(new BreakerGate(_store, new ToldFailures(), new RecordedEvents(), new BreakerMetrics(_meters)), _clock);
        _quota = new(_clock);
        _slow = new(_quota, _view);
    }

    [Fact]
    public async Task Ask_BreakerThatNeverOpened_IsNotBounded() => Assert.Equal(200, (await AskAsync(200)).Permits.Count);

    [Fact]
    public async Task Ask_JustClosed_DoublesWithEveryRoundThatGoesWell()
    {
        Close();
        List<int> rounds = [];

        for (int round = 0; round < 8; round++)
        {
            var grant = await AskAsync(200);
            rounds.Add(grant.Permits.Count);
            Assert.Equal(round < 6 ? (SlowStart.WaitingFor, true) : ("", false), (grant.WaitingFor, grant.AskAgainAfter > TimeSpan.Zero));
            await AnswerAsync(grant.Permits, 200);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 200, 200], rounds);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(null)]
    public async Task Ask_CallsThatDoNotGoWell_OpenNoFurtherPlace(int? status)
    {
        Close();
        for (int call = 0; call < 5; call++)
        {
            var grant = await AskAsync(10);
            Assert.Single(grant.Permits);
            await AnswerAsync(grant.Permits, status);
        }
    }

    [Fact]
    public async Task Ask_WhileTheFirstCallIsUnderWay_GrantsNothingAndAsksNobody()
    {
        Close();
        var first = await AskAsync(10);

        Assert.Equal((0, SlowStart.WaitingFor), ((await AskAsync(10)).Permits.Count, (await AskAsync(10)).WaitingFor));
        Assert.Equal(1, _quota.Granted);
        await _slow.ReturnAsync("API", first.Permits, default);
        Assert.Single((await AskAsync(10)).Permits);
    }

    [Fact]
    public async Task Ask_QuotaThatGrantsLess_IsAnsweredWithWhatItWaitsFor()
    {
        Close();
        _quota.ShutFor = TimeSpan.FromSeconds(7);

        var grant = await AskAsync(10);

        Assert.Equal(("the test", TimeSpan.FromSeconds(7)), (grant.WaitingFor, grant.AskAgainAfter));
    }

    [Fact]
    public async Task Ask_ClosedAgain_StartsAnew()
    {
        Close();
        await AnswerAsync((await AskAsync(10)).Permits, 200);
        Assert.Equal(2, (await AskAsync(10)).Permits.Count);

        _clock.Advance(TimeSpan.FromSeconds(10));
        Close();

        Assert.Single((await AskAsync(10)).Permits);
    }

    [Fact]
    public async Task Ask_ByAProcessThatComesLongAfter_IsNotBounded()
    {
        Close();
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(10, (await AskAsync(10)).Permits.Count);
    }

    [Fact]
    public async Task Ask_WhileOpen_IsLeftToTheProbe()
    {
        _store.State = new(CircuitState.Open, 1, _clock.GetUtcNow(), "503", null, 0);

        Assert.Equal(3, (await AskAsync(3)).Permits.Count);
    }

    public void Dispose() => _meters.Dispose();

    private void Close()
    {
        _store.State = new(CircuitState.Closed, _clock.GetUtcNow().ToUnixTimeMilliseconds(), null, "", null, 0);
        _view.Forget(null);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
    }

    private async Task<PermitGrant> AskAsync(int jobs) =>
        await _slow.AskAsync("API", [.. Enumerable.Range(0, jobs).Select(job => new PermitRequest($"{job}", "items", ""))], default);

    private async Task AnswerAsync(IEnumerable<Permit> permits, int? status)
    {
        foreach (var permit in permits)
            await _slow.ReportAsync("API", new CallReport(permit.Id, "items", _clock.GetUtcNow(), _clock.GetUtcNow(), status, QuotaHeaders.None), default);
    }
}
