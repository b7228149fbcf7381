using System.Text;
using Amazon.Runtime;
using Amazon.SQS.Model;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Integrations;

/// <summary>Sends the body to a queue and answers with SQS's own response, as JSON or, for those who accept only it, as XML. An empty body is queued as <c>{}</c>.</summary>
internal sealed class SqsIntegration(SqsIntegrationDefinition definition, AwsClients aws, TimeSpan timeout, TimeProvider clock) : IIntegration
{
    private volatile string? _url;

    /// <inheritdoc/>
    public async ValueTask<IGatewayAnswer> InvokeAsync(GatewayCall call)
    {
        var body = await call.ReadBodyAsync();
        var token = call.StartTimeout(timeout, clock);
        string text = body.IsEmpty ? "{}" : Encoding.UTF8.GetString(body.Span);
        try
        {
            string url = _url ??= (await aws.Sqs.GetQueueUrlAsync(definition.Queue, token)).QueueUrl;
            var sent = await aws.Sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = text }, token);
            return SendMessageReply.Write(sent, call);
        }
        catch (AmazonServiceException refusal)
        {
            // The queue may have been made anew at another address.
            _url = null;
            return AwsFailure.Answer(refusal);
        }
        catch (Exception failure) when (AwsFailure.IsUnreachable(failure))
        {
            throw new IntegrationException($"SQS: {failure.GetType().Name}", failure);
        }
    }
}
