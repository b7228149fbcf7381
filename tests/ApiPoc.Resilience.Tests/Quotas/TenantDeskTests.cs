using ApiPoc.Domain.Quotas;
using ApiPoc.Resilience.Quotas;

namespace ApiPoc.Resilience.Tests.Quotas;

/// <summary>A desk at which a tenant waits whose limit is used up for an hour, and others.</summary>
public sealed class TenantDeskTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly PermitDesk _desk = new("API", new AcmeIsUsedUp(TimeProvider.System), TimeProvider.System);

    [Fact]
    public async Task ManyOfOneTenantInFront_HideNoOther()
    {
        using var giveUp = new CancellationTokenSource();
        Task[] acmes = [.. Enumerable.Range(0, 300).Select(_ => _desk.AcquireAsync(Request("acme"), TimeSpan.FromHours(2), giveUp.Token))];

        var permit = await _desk.AcquireAsync(Request("others"), TimeSpan.FromHours(2), default).WaitAsync(Timeout);

        Assert.Equal("others", permit.Request.Tenant);
        Assert.All(acmes, waiting => Assert.False(waiting.IsCompleted));
        await giveUp.CancelAsync();
    }

    [Fact]
    public async Task WhoWouldWaitInVain_IsTurnedAwayByItsOwnLimit()
    {
        var refusal = await Assert.ThrowsAsync<QuotaExhaustedException>(
            () => _desk.AcquireAsync(Request("acme"), TimeSpan.FromMinutes(1), default).WaitAsync(Timeout));

        Assert.Equal(("acme's", TimeSpan.FromHours(1)), (refusal.WaitingFor, refusal.RetryAfter));
    }

    private static PermitRequest Request(string tenant) => new("", "survey/1", tenant);

    /// <summary>Says, beside each one's wait, that something else is to be had in a moment.</summary>
    private sealed class AcmeIsUsedUp(TimeProvider clock) : IQuotaEngine
    {
        public ValueTask<PermitGrant> AskAsync(string apiId, IReadOnlyList<PermitRequest> requests, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var others = requests.Where(request => request.Tenant != "acme").Select(request => new Permit("1", request, now));
            var waits = requests.Where(request => request.Tenant == "acme").Select(request => new PermitWait(request, "acme's", TimeSpan.FromHours(1), IsTenantsOwn: true));
            return ValueTask.FromResult(new PermitGrant([.. others], TimeSpan.FromMilliseconds(10), "everybody's") { Waits = [.. waits] });
        }

        public ValueTask ReturnAsync(string apiId, IReadOnlyList<Permit> permits, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask ReportAsync(string apiId, CallReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public Task WaitForChangeAsync(string apiId, TimeSpan atMost, CancellationToken cancellationToken) => Task.Delay(atMost, clock, cancellationToken);
    }
}
