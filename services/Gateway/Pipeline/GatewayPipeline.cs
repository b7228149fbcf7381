using ApiPoc.Gateway.Deployments;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Pipeline;

/// <summary>Takes a call through the steps, in the order in which they are registered (<see cref="PipelineRegistration"/>), to the first answer.</summary>
internal sealed class GatewayPipeline(IEnumerable<IGatewayStep> steps, DeploymentSource deployments, AnswerDecoration decoration, TimeProvider clock, ILogger<GatewayPipeline> logger)
{
    private readonly IGatewayStep[] _steps = [.. steps];

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        using var call = new GatewayCall(http, deployments.Current, clock.GetTimestamp());
        AnswerDecoration.Begin(call);
        try
        {
            var answer = await DecideAsync(call);
            decoration.Complete(call);
            await answer.WriteAsync(call);
        }
        catch (Exception failure) when (!call.Aborted.IsCancellationRequested)
        {
            await FailAsync(call, failure);
        }
        catch (Exception) when (call.Aborted.IsCancellationRequested)
        {
            // The caller went away; nobody reads an answer.
        }
        finally
        {
            decoration.End(call);
        }
    }

    private async ValueTask<IGatewayAnswer> DecideAsync(GatewayCall call)
    {
        foreach (var step in _steps)
        {
            if (await step.RunAsync(call) is { } answer)
                return answer;
        }
        throw new InvalidOperationException("The last step always answers.");
    }

    private async Task FailAsync(GatewayCall call, Exception failure)
    {
        // What has begun cannot be taken back: a broken connection says that it is not complete.
        if (call.Response.HasStarted || call.Response.BodyWriter.UnflushedBytes > 0)
        {
            logger.CallBrokeOff(call.RequestId, failure);
            call.Http.Abort();
            return;
        }
        call.Response.Clear();
        AnswerDecoration.Begin(call);
        decoration.Complete(call);
        var error = ErrorFor(call, failure);
        if (error == call.Errors.InternalError)
            logger.CallFailed(call.RequestId, failure);
        // What still comes of the body is not read as another request.
        if (error == call.Errors.RequestTimeout)
            call.Response.Headers.Connection = "close";
        await new Refusal(error).WriteAsync(call);
    }

    private static GatewayError ErrorFor(GatewayCall call, Exception failure) => (CallerFault.In(failure) ?? failure) switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => call.Errors.RequestTooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => call.Errors.RequestTimeout,
        BadHttpRequestException => call.Errors.MalformedRequest,
        // The back end's answer began and did not come.
        OperationCanceledException => call.Errors.IntegrationTimeout,
        IOException or HttpRequestException => call.Errors.IntegrationFailure,
        _ => call.Errors.InternalError,
    };
}
