using System.Net;
using System.Text.Json;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Redis.Jobs;
using ApiPoc.ServiceDefaults.Rehearsing;
using ApiPoc.Worker.Apis;
using ApiPoc.Worker.Jobs;
using ApiPoc.Worker.Probes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Worker.Rehearsing;

/// <summary>
/// Works on jobs of an API that is this process itself, from the request to the result, with the parts of a worker but for those that others would
/// notice: nothing is left of what it writes, and it counts and publishes nothing.
/// </summary>
internal sealed class AttemptRehearsal(IServiceProvider services, IServer server, StartGate start, LedgerRehearsal ledgers, TimeProvider clock) : IRehearsal
{
    private const string Name = "rehearsal";
    private const string Path = "alive";

    /// <summary>Older than any breaker's: calls sent under it are counted nowhere.</summary>
    private const long NoEpoch = -2;

    private static readonly Dispatch AtOnce = new(StartAt: null, NoEpoch, IsProbe: false);
    private static readonly string[] JobIds = [.. Enumerable.Range(0, IRehearsal.Rounds).Select(round => $"{Name}-{round}")];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await start.ListenAsync();
        if (OwnAddress() is not { } self)
            return;
        using var orchestrator = new HttpClient();
        var own = Options.Create(new ApisOptions { [Name] = new() { BaseAddress = self, Timeout = TimeSpan.FromSeconds(5) } });
        using var client = new ApiClient(own, clock);
        using var meters = new UnheardMeters();
        await ledgers.RunAsync(JobIds, async ledger =>
        {
            var jobs = Handler(own, client, ledger, meters);
            foreach (string jobId in JobIds.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
            {
                // A job nobody can read is rejected before anything is begun.
                using var rejected = await orchestrator.PostAsJsonAsync(new Uri(self, "/jobs"), new { rehearsal = jobId }, cancellationToken);
                var reply = new JobReply(new DefaultHttpContext().Response);
                var outcome = await jobs.HandleAsync(BodyOf(jobId), AtOnce, reply);
                if (outcome.Kind is not JobOutcomeKind.Completed)
                    throw new InvalidOperationException($"its attempt ended as {outcome.Kind}: {outcome.Reason}");
                await reply.EndAsync(outcome);
            }
        });
    }

    private static string BodyOf(string jobId) => JsonSerializer.Serialize(
        new Job { JobId = jobId, Operation = JobOperation.NewSurveys, ApiId = Name, Resource = Path, Tenant = Name }, JsonSerializerOptions.Web);

    private JobHandler Handler(IOptions<ApisOptions> own, ApiClient client, IJobLedger ledger, UnheardMeters meters)
    {
        var metrics = new JobMetrics(meters);
        var events = new UntoldEvents();
        var breaker = Make<BreakerGate>(events, new BreakerMetrics(meters));
        var lessons = Make<Lessons>(own, breaker, events, metrics);
        var policy = Make<AttemptPolicy>(own);
        var slots = Make<JobSlots>(metrics);
        var judge = Make<AttemptJudge>(ledger, lessons, policy, slots);
        var attempts = Make<AttemptRunner>(ledger, client, lessons, judge, policy);
        var probes = new ProbeRunner(client, lessons, own);
        return Make<JobHandler>(slots, new JobReader(own.Value), attempts, probes, metrics, NullLogger<JobHandler>.Instance);
    }

    /// <summary>Puts a part together from these and, for the rest, from those of the worker.</summary>
    private TPart Make<TPart>(params object[] others) => ActivatorUtilities.CreateInstance<TPart>(services, others);

    private Uri? OwnAddress()
    {
        string? address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(found => found.StartsWith("http://", StringComparison.Ordinal));
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            return null;
        // All addresses of the machine, http://+ and http://* among them, are reported as [::] or 0.0.0.0.
        return IPAddress.TryParse(uri.Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(uri) { Host = "localhost" }.Uri
            : uri;
    }
}
