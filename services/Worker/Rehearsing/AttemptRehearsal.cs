using System.Net;
using System.Text.Json;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Jobs;
using ApiPoc.ServiceDefaults.Rehearsing;
using ApiPoc.Worker.Apis;
using ApiPoc.Worker.Jobs;
using ApiPoc.Worker.Operations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ApiPoc.Worker.Rehearsing;

/// <summary>Goes through the steps of an attempt. It calls nobody but this process and begins no attempt.</summary>
internal sealed class AttemptRehearsal(
    IServer server, JobReader reader, IOptions<ApisOptions> apis, StartGate start, ApiClient client, OperationSet operations, IJobLedger ledger) : IRehearsal
{
    private const string Path = "/alive";
    private const string Name = "rehearsal";
    private static readonly Dispatch AtOnce = new(StartAt: null, Epoch: null, IsProbe: false);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await start.ListenAsync();
        if (OwnAddress() is not { } self)
            return;
        using var orchestrator = new HttpClient();
        for (int round = 0; round < IRehearsal.Rounds && !cancellationToken.IsCancellationRequested; round++)
        {
            // A job nobody can read is rejected before anything is begun.
            using var rejected = await orchestrator.PostAsJsonAsync(new Uri(self, "/jobs"), new { rehearsal = round }, cancellationToken);
            reader.Read(Readable(), Name);
            await start.WaitAsync(Name, tenant: "", AtOnce);
            var answer = await client.RehearseAsync(self, Path);
            new CallEvidence(SentAt: 0, AnsweredAt: 0, answer.Status, answer.Quota).Write();
            Record(answer);
            // Where no attempt is under way, none is ended and nothing is written.
            await ledger.FailAsync(Name, fence: 0, answer.Status, answer.Words, TimeSpan.Zero, cancellationToken);
        }
    }

    private string Readable() => JsonSerializer.Serialize(
        new Job { Operation = JobOperation.NewSurveys, ApiId = apis.Value.Keys.First(), Resource = Name, Tenant = Name }, JsonSerializerOptions.Web);

    private string? Record(ApiAnswer answer) => operations.Perform(JobOperation.NewSurveys, answer) is { } summary
        ? JsonSerializer.Serialize(new JobResult(JobOperation.NewSurveys, Name, Path, answer.Status ?? 0, summary), JsonSerializerOptions.Web)
        : null;

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
