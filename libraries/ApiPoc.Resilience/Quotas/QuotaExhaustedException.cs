using Polly;

namespace ApiPoc.Resilience.Quotas;

/// <summary>A call was not sent, because the shared quota has no permit for it in the time its caller would wait.</summary>
public sealed class QuotaExhaustedException(string apiId, string waitingFor, TimeSpan retryAfter)
    : ExecutionRejectedException($"The quota of {apiId} has no permit in time; it waits for {waitingFor}, {retryAfter.TotalSeconds:0.###} s.")
{
    /// <summary>The API.</summary>
    public string ApiId { get; } = apiId;

    /// <summary>The limit waited for, for people.</summary>
    public string WaitingFor { get; } = waitingFor;

    /// <summary>How long until asking again can be of use.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
