using ApiPoc.Domain.Quotas;
using ApiPoc.Resilience.Quotas;
using ApiPoc.Testing;

namespace ApiPoc.Resilience.Tests.Quotas;

public sealed class PermitDeskTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly PermitRequest Request = new("", "survey/1", "");
    private readonly ManualTimeProvider _clock = new();
    private readonly OpenQuotaEngine _quota;
    private readonly PermitDesk _desk;

    public PermitDeskTests()
    {
        _quota = new(_clock);
        _desk = new("API", _quota, _clock);
    }

    [Fact]
    public async Task Acquire_ManyAtOnce_EachHasAPermitOfItsOwn()
    {
        var permits = await Task.WhenAll(Enumerable.Range(0, 250).Select(_ => AcquireAsync(TimeSpan.FromSeconds(1))));

        Assert.Equal(250, permits.Select(permit => permit.Id).Distinct().Count());
        Assert.Equal(0, _desk.Waiting);
    }

    [Fact]
    public async Task Acquire_WhileShut_WaitsUntilItMayAskAgain()
    {
        _quota.ShutFor = TimeSpan.FromSeconds(3);
        var waiting = AcquireAsync(TimeSpan.FromSeconds(10));
        Assert.True(await IsAsync(() => _clock.PendingTimers > 0));

        _quota.ShutFor = null;
        _clock.Advance(TimeSpan.FromSeconds(3));

        await waiting.WaitAsync(Timeout);
    }

    [Fact]
    public async Task Acquire_KnownToBeInVain_FailsAtOnce()
    {
        _quota.ShutFor = TimeSpan.FromSeconds(3);

        var refusal = await Assert.ThrowsAsync<QuotaExhaustedException>(() => AcquireAsync(TimeSpan.FromSeconds(2)).WaitAsync(Timeout));

        Assert.Equal(("the test", TimeSpan.FromSeconds(3)), (refusal.WaitingFor, refusal.RetryAfter));
    }

    [Fact]
    public async Task Acquire_GivenUp_LeavesTheQueue()
    {
        _quota.ShutFor = TimeSpan.FromSeconds(3);
        using var cancellation = new CancellationTokenSource();
        var waiting = _desk.AcquireAsync(Request, TimeSpan.FromSeconds(10), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Timeout));
        Assert.Equal(0, _desk.Waiting);
    }

    [Fact]
    public async Task Acquire_AfterOneThatWaits_IsAskedForAtOnce()
    {
        _quota.ShutFor = TimeSpan.FromSeconds(3);
        var first = AcquireAsync(TimeSpan.FromSeconds(10));
        Assert.True(await IsAsync(() => _clock.PendingTimers > 0));

        _quota.ShutFor = null;
        var second = AcquireAsync(TimeSpan.FromSeconds(10));

        await Task.WhenAll(first, second).WaitAsync(Timeout); // no time has passed
    }

    private Task<Permit> AcquireAsync(TimeSpan atMost) => _desk.AcquireAsync(Request, atMost, default);

    private static async Task<bool> IsAsync(Func<bool> isTrue)
    {
        using var patience = new CancellationTokenSource(Timeout);
        while (!isTrue() && !patience.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        return isTrue();
    }
}
