using System.Text.Json;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Worker.Jobs;

/// <summary>
/// What whoever handed in a job is told: first what its call taught, for others may wait for that, then what came of the job, once it is
/// written down.
/// </summary>
internal sealed class JobReply
{
    private readonly HttpResponse _response;

    public JobReply(HttpResponse response)
    {
        _response = response;
        _response.ContentType = "application/json; charset=utf-8";
    }

    /// <summary>Tells at once what the call taught. Whether anybody hears it makes no difference to the job.</summary>
    public Task TellAsync(CallEvidence evidence)
    {
        _response.Headers[DispatchHeaders.Call] = evidence.Write();
        return _response.Body.FlushAsync(CancellationToken.None);
    }

    /// <summary>Tells what came of the job.</summary>
    public Task EndAsync(JobOutcome outcome) =>
        JsonSerializer.SerializeAsync(_response.Body, outcome, JsonSerializerOptions.Web, CancellationToken.None);
}
