using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Messaging.Sqs;

/// <summary>
/// One queue by its name. Its address is looked up once, and again when SQS says the queue does not exist: it may have been made anew.
/// Every failure of a call is counted and becomes a <see cref="JobQueueUnavailableException"/>.
/// </summary>
internal sealed class SqsQueue(string name, SqsClients clients, TimeSpan callTimeout, TimeProvider time, MessagingMetrics metrics)
{
    private volatile string? _url;

    public string Name => name;

    /// <summary>Runs a command that the SDK retries.</summary>
    public Task<T> CommandAsync<T>(string operation, Func<IAmazonSQS, string, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(clients.Commands, operation, call, TimeSpan.Zero, cancellationToken);

    /// <summary>Receives once, without retries.</summary>
    public Task<ReceiveMessageResponse> ReceiveAsync(ReceiveMessageRequest request, TimeSpan wait, CancellationToken cancellationToken) =>
        CallAsync(
            clients.Receives,
            "receive",
            (sqs, url, token) =>
            {
                request.QueueUrl = url;
                return sqs.ReceiveMessageAsync(request, token);
            },
            wait,
            cancellationToken);

    private async Task<T> CallAsync<T>(
        IAmazonSQS sqs, string operation, Func<IAmazonSQS, string, CancellationToken, Task<T>> call, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(wait + callTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await CallAtAddressAsync(sqs, call, either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && Describe(exception) is { } problem)
        {
            metrics.CallFailed(name, operation);
            throw new JobQueueUnavailableException($"Queue '{name}', {operation}: {problem}", exception);
        }
    }

    private async Task<T> CallAtAddressAsync<T>(IAmazonSQS sqs, Func<IAmazonSQS, string, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (_url is { } known)
        {
            try
            {
                return await call(sqs, known, cancellationToken);
            }
            catch (QueueDoesNotExistException)
            {
                _url = null;
            }
        }

        var response = await sqs.GetQueueUrlAsync(name, cancellationToken);
        _url = response.QueueUrl;
        return await call(sqs, response.QueueUrl, cancellationToken);
    }

    private string? Describe(Exception exception) => exception switch
    {
        QueueDoesNotExistException => "it does not exist. Has the provisioner run?",
        _ when StaleReceipt.Explains(exception) => null,
        AmazonServiceException refused => $"refused with {refused.ErrorCode ?? refused.StatusCode.ToString()}: {refused.Message}",
        AmazonClientException or HttpRequestException or IOException => exception.Message,
        OperationCanceledException => $"no answer within {callTimeout.TotalSeconds:0.#} s.",
        _ => null,
    };
}
