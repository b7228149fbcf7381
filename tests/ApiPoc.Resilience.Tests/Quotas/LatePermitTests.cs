using System.Net;
using ApiPoc.Domain.Quotas;
using ApiPoc.Resilience.Quotas;
using Polly;

namespace ApiPoc.Resilience.Tests.Quotas;

/// <summary>A process that stood still between a permit's moment and its call.</summary>
public sealed class LatePermitTests
{
    [Fact]
    public async Task CallThatIsFarTooLate_GoesWithAnotherPermit()
    {
        var quota = new LateQuota();
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddThrottleQuota(new() { Desk = new PermitDesk("API", quota, TimeProvider.System), Quota = quota, Gate = new OpenGate() }).Build();

        using var answer = await pipeline.ExecuteAsync(_ => ValueTask.FromResult(new HttpResponseMessage(HttpStatusCode.OK)));

        Assert.Equal(("1", "2"), (Assert.Single(quota.Returned), Assert.Single(quota.Used)));
    }

    /// <summary>The first permit's moment is long over when it arrives.</summary>
    private sealed class LateQuota : IQuotaEngine
    {
        private int _granted;

        public List<string> Returned { get; } = [];

        public List<string?> Used { get; } = [];

        public ValueTask<PermitGrant> AskAsync(string apiId, IReadOnlyList<PermitRequest> requests, CancellationToken cancellationToken)
        {
            var late = ++_granted == 1 ? 2 * Permit.SendWithin : TimeSpan.Zero;
            return ValueTask.FromResult(new PermitGrant([new Permit($"{_granted}", requests[0], TimeProvider.System.GetUtcNow() - late)], TimeSpan.Zero, ""));
        }

        public ValueTask ReturnAsync(string apiId, IReadOnlyList<Permit> permits, CancellationToken cancellationToken)
        {
            Returned.AddRange(permits.Select(permit => permit.Id));
            return ValueTask.CompletedTask;
        }

        public ValueTask ReportAsync(string apiId, CallReport report, CancellationToken cancellationToken)
        {
            Used.Add(report.PermitId);
            return ValueTask.CompletedTask;
        }

        public Task WaitForChangeAsync(string apiId, TimeSpan atMost, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class OpenGate : IQuotaGate
    {
        public TimeSpan ClosedFor(string apiId, string tenant) => TimeSpan.Zero;

        public ValueTask HoldAsync(string apiId) => ValueTask.CompletedTask;

        public Task<ApiClosing?> LookAsync(string apiId, CancellationToken cancellationToken) => Task.FromResult<ApiClosing?>(null);

        public Task ListenAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
