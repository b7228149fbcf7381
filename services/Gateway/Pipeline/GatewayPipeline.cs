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
        if (call.Response.HasStarted)
        {
            logger.CallBrokeOff(call.RequestId, failure);
            call.Http.Abort();
            return;
        }
        call.Response.Headers.ContentLength = null;
        if (failure is BadHttpRequestException bad)
        {
            await new Refusal(bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? call.Errors.RequestTooLarge : call.Errors.MalformedRequest).WriteAsync(call);
            return;
        }
        logger.CallFailed(call.RequestId, failure);
        await new Refusal(call.Errors.InternalError).WriteAsync(call);
    }
}
