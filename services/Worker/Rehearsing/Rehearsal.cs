using System.Net;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Worker.Apis;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiPoc.Worker.Rehearsing;

/// <summary>
/// Goes through the steps of an attempt before the process is ready: code is compiled when it first runs, and the first window of a quota is
/// too short to wait for that. It calls nobody but this process, begins no attempt, and is given up after a few seconds.
/// </summary>
internal sealed class Rehearsal(IServer server, ApiClient client, IJobLedger ledger, IQuotaGate gate, TimeProvider clock, ILogger<Rehearsal> logger)
    : IHostedLifecycleService, IHealthCheck
{
    /// <summary>More than the runtime counts before it compiles a method for good (30).</summary>
    private const int Rounds = 40;

    private const string Path = "/alive";
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);
    private volatile bool _isOver;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isOver ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("rehearsing"));

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync().WaitAsync(AtMost, clock, cancellationToken);
        }
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested)
        {
            logger.RehearsalGivenUp(trouble.Message);
        }

        _isOver = true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAsync()
    {
        await gate.ListenAsync(CancellationToken.None);
        if (OwnAddress() is not { } self)
            return;
        using var orchestrator = new HttpClient();
        for (int round = 0; round < Rounds; round++)
        {
            // A job nobody can read is rejected before anything is begun.
            using var rejected = await orchestrator.PostAsJsonAsync(new Uri(self, "/jobs"), new { rehearsal = round });
            await client.RehearseAsync(self, Path);
            // Where no attempt is under way, none is ended and nothing is written.
            await ledger.AbandonAsync("rehearsal", CancellationToken.None);
        }
    }

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
