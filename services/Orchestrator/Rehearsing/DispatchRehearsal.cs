using System.Text.Json;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Orchestrator.Dispatching;
using ApiPoc.Orchestrator.Intake;
using ApiPoc.Orchestrator.Lanes;
using ApiPoc.Orchestrator.Runs;
using ApiPoc.Redis.Quotas;
using ApiPoc.ServiceDefaults.Rehearsing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Rehearsing;

/// <summary>
/// Takes jobs of an API nobody else knows from their message to their settlement, with the parts of an orchestrator but for those that others would
/// notice: workers reject such jobs before anything is begun, and nothing is counted or published.
/// </summary>
internal sealed class DispatchRehearsal(IServiceProvider services, QuotaRehearsal quotas, WorkerClient workers, ISharedClock shared, TimeProvider clock) : IRehearsal
{
    private const int Jobs = 10;
    private const int MostSteps = 20;
    private const string Resource = "rehearsal";
    private readonly string _apiId = $"rehearsal-{Guid.NewGuid():N}";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var meters = new UnheardMeters();
        var own = Options.Create(new ApisOptions { [_apiId] = new() { Limits = [new() { Count = 1_000, Period = TimeSpan.FromSeconds(1) }] } });
        await quotas.RunAsync(own, async engine =>
        {
            var orchestrator = new Parts(services, own, engine, meters);
            for (int round = 0; round < IRehearsal.Rounds; round++)
            {
                // Every worker is to be known; the jobs of a round go to one of them.
                await workers.RehearseAsync(cancellationToken);
                await DispatchAsync(orchestrator, cancellationToken);
                await HearAsync(engine, cancellationToken);
            }
        });
    }

    private async Task DispatchAsync(Parts orchestrator, CancellationToken cancellationToken)
    {
        for (int number = 0; number < Jobs; number++)
            await orchestrator.Sorter.SortAsync(MessageOf(number));
        var lane = orchestrator.Lanes[_apiId];
        for (int step = 0; step < MostSteps && lane.Counts.InHand > 0; step++)
        {
            await orchestrator.Dispatch.RunAsync(lane, epoch: 0, cancellationToken);
            await orchestrator.Flights.AllLandedAsync();
        }

        var done = new HeldJob(MessageOf(Jobs), JobOf(Jobs));
        await orchestrator.Settlement.SettleAsync(
            lane, done, WorkerReply.Answered(new() { Kind = JobOutcomeKind.Completed, StatusCode = 200, Attempts = 1 }));
    }

    /// <summary>The jobs were rejected, so nothing was heard of their calls: here is what it would have been.</summary>
    private async Task HearAsync(IQuotaEngine engine, CancellationToken cancellationToken)
    {
        PermitRequest[] requests = [.. Enumerable.Range(0, Jobs).Select(number => new PermitRequest($"{number}", Resource, ""))];
        var grant = await engine.AskAsync(_apiId, requests, cancellationToken);
        foreach (var permit in grant.Permits)
        {
            string heard = new CallEvidence(shared.Now, shared.Now + 1_000, Status: 200, QuotaHeaders.None).Write();
            if (CallEvidence.Read(heard) is { } evidence)
                await engine.ReportAsync(_apiId, evidence.ToReport(permit.Id, permit.Request.Resource, shared), cancellationToken);
        }
    }

    private QueuedMessage MessageOf(int number) =>
        new($"rehearsal-{number}", Receipt: "", JsonSerializer.Serialize(JobOf(number), JsonSerializerOptions.Web), ReceiveCount: 1, TraceParent: null, clock.GetUtcNow());

    private Job JobOf(int number) => new() { JobId = $"rehearsal-{number}", Operation = JobOperation.NewSurveys, ApiId = _apiId, Resource = Resource };

    /// <summary>The parts of an orchestrator of these APIs alone.</summary>
    private sealed class Parts
    {
        private readonly IServiceProvider _services;

        public Parts(IServiceProvider services, IOptions<ApisOptions> own, IQuotaEngine engine, UnheardMeters meters)
        {
            _services = services;
            var queue = new RehearsedQueue();
            Lanes = Make<LaneSet>(own);
            var metrics = Make<JobMetrics>(meters, Lanes);
            var queueEnd = Make<QueueEnd>(queue, new UntoldEvents(), metrics, new RunCounts(), NullLogger<QueueEnd>.Instance);
            var handBack = Make<HandBack>(queue);
            Settlement = Make<Settlement>(queueEnd, handBack, metrics);
            var slowStart = Make<SlowStart>(engine);
            Flights = Make<Flights>(Make<WorkerClient>(own, new Invocations(new UncountedInvocations(), metrics)), slowStart, Settlement);
            Dispatch = Make<DispatchStep>(slowStart, Flights, handBack);
            Sorter = Make<Sorter>(new JobReader(own.Value), Lanes, queueEnd, handBack);
        }

        public LaneSet Lanes { get; }

        public Sorter Sorter { get; }

        public DispatchStep Dispatch { get; }

        public Flights Flights { get; }

        public Settlement Settlement { get; }

        /// <summary>Puts a part together from these and, for the rest, from those of the orchestrator.</summary>
        private TPart Make<TPart>(params object[] others) => ActivatorUtilities.CreateInstance<TPart>(_services, others);
    }
}
