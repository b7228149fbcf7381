using System.Globalization;
using System.Text.Json;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Dispatching;

/// <summary>Hands jobs to workers over HTTP, in turn; one that cannot be reached or has no place is passed over.</summary>
internal sealed class WorkerClient(
    WorkerConnections connections, Invocations invocations, IOptions<ApisOptions> apis, IOptions<OrchestratorOptions> options, ISharedClock shared,
    TimeProvider clock)
{
    /// <summary>Has a worker make one attempt.</summary>
    /// <param name="job">The job.</param>
    /// <param name="call">How its call is to be sent.</param>
    /// <param name="heard">Told what the call taught, some time before the attempt's outcome is known.</param>
    public async Task<WorkerReply> SendAsync(Job job, CallOrder call, Func<CallEvidence, Task>? heard = null)
    {
        // Not cancelled when this process is to stop: the answer decides about the job, and is waited for as long as there is time.
        using var timeout = new CancellationTokenSource(call.StartIn + apis.Value[job.ApiId].Timeout + options.Value.WorkerMargin, clock);
        invocations.Count(job);
        var last = WorkerReply.Unreachable("no worker is known");
        foreach (var address in connections.InTurn())
        {
            try
            {
                last = await SendAsync(address, job, call, heard, timeout.Token);
                if (!last.HasNoPlace)
                    return last;
            }
            catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
            {
                last = WorkerReply.Unreachable($"{address.Authority} cannot be reached");
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException)
            {
                return WorkerReply.Lost($"{address.Authority} did not answer: {failure.GetType().Name}");
            }
            catch (OperationCanceledException)
            {
                return WorkerReply.Lost($"{address.Authority} did not answer in time");
            }
        }
        return last;
    }

    /// <summary>Hands every worker a job of no API, which it rejects before anything is begun.</summary>
    public Task RehearseAsync(CancellationToken cancellationToken)
    {
        var job = new Job { JobId = "rehearsal", Operation = JobOperation.NewSurveys, ApiId = "", Resource = "rehearsal" };
        var call = new CallOrder(Epoch: 0, clock.GetUtcNow(), TimeSpan.Zero, IsProbe: false);
        return Task.WhenAll(connections.InTurn().Select(address => SendAsync(address, job, call, heard: null, cancellationToken)));
    }

    private async Task<WorkerReply> SendAsync(Uri address, Job job, CallOrder call, Func<CallEvidence, Task>? heard, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/jobs")) { Content = JsonContent.Create(job) };
        request.Headers.Add(DispatchHeaders.BreakerEpoch, call.Epoch.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(DispatchHeaders.StartAt, shared.ToShared(call.NotBefore).ToString(CultureInfo.InvariantCulture));
        if (call.IsProbe)
            request.Headers.Add(DispatchHeaders.Probe, "1");

        using var response = await connections.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            return WorkerReply.Lost($"{address.Authority} answered {(int)response.StatusCode}");
        if (heard is not null && response.Headers.TryGetValues(DispatchHeaders.Call, out var values) && CallEvidence.Read(values.First()) is { } evidence)
            await heard(evidence);
        return await response.Content.ReadFromJsonAsync<JobOutcome>(cancellationToken) is { } outcome
            ? WorkerReply.Answered(outcome)
            : WorkerReply.Lost($"{address.Authority} answered nothing");
    }
}

/// <summary>How a job's call is to be sent.</summary>
/// <param name="Epoch">The breaker's epoch it is sent under.</param>
/// <param name="NotBefore">Its moment, by this process's clock.</param>
/// <param name="StartIn">How far off that was when the order was given.</param>
/// <param name="IsProbe">Whether it is the breaker's probe.</param>
internal sealed record CallOrder(long Epoch, DateTimeOffset NotBefore, TimeSpan StartIn, bool IsProbe);
