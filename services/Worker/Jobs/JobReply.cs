using System.Text.Json;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Worker.Jobs;

/// <summary>
/// What whoever handed in a job is told: first what its call taught, for others may wait for that, then what came of the job, once it is
/// written down.
/// </summary>
internal sealed class JobReply(HttpResponse response)
{
    /// <summary>Tells at once what the call taught. Whether anybody hears it makes no difference to the job.</summary>
    public Task TellAsync(CallEvidence evidence)
    {
        Prepare();
        response.Headers[DispatchHeaders.Call] = evidence.Write();
        return response.Body.FlushAsync(CancellationToken.None);
    }

    /// <summary>Tells what came of the job.</summary>
    public Task EndAsync(JobOutcome outcome)
    {
        if (!response.HasStarted)
            Prepare();
        return JsonSerializer.SerializeAsync(response.Body, outcome, JsonSerializerOptions.Web, CancellationToken.None);
    }

    private void Prepare() => response.ContentType = "application/json; charset=utf-8";
}
