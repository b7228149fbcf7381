using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using ApiPoc.Messaging.Aws;
using Microsoft.Extensions.Logging;

namespace ApiPoc.Provisioner;

/// <summary>Waits until SQS answers anything at all, even a refusal: what it means is for the calls that follow to find out.</summary>
internal sealed partial class EndpointWait(AwsEnvironment aws, TimeProvider time, ILogger<EndpointWait> logger) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);

    // Without the SDK's own retries, so that each attempt is seen.
    private readonly IAmazonSQS _sqs = aws.CreateSqs(new AmazonSQSConfig { MaxErrorRetry = 0 });

    /// <summary>Returns when it has answered.</summary>
    /// <exception cref="AmazonClientException">It did not within <paramref name="patience"/>.</exception>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        while (await FindProblemAsync(cancellationToken) is { } problem)
        {
            var waited = time.GetElapsedTime(startedAt);
            if (waited >= patience)
                throw new AmazonClientException($"SQS at {Address} did not answer within {patience.TotalSeconds:0} s: {problem}");
            LogWaiting(logger, Address, (int)(patience - waited).TotalSeconds, problem);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    public void Dispose() => _sqs.Dispose();

    private string Address => _sqs.Config.ServiceURL ?? _sqs.Config.RegionEndpoint?.SystemName ?? "(no endpoint)";

    private async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _sqs.ListQueuesAsync(new ListQueuesRequest { MaxResults = 1 }, either.Token);
            return null;
        }
        catch (AmazonServiceException refusal) when ((int)refusal.StatusCode is >= 400 and < 500)
        {
            return null;
        }
        catch (Exception exception) when (exception is AmazonServiceException or HttpRequestException or IOException)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {AttemptTimeout.TotalSeconds:0} s";
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for SQS at {Address}, up to {Seconds} s more: {Problem}")]
    private static partial void LogWaiting(ILogger logger, string address, int seconds, string problem);
}
