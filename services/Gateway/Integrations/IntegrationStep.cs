using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Integrations;

/// <summary>Asks the back end; the pipeline's last step.</summary>
internal sealed class IntegrationStep(TimeProvider clock, ILogger<IntegrationStep> logger) : IGatewayStep
{
    /// <inheritdoc/>
    public async ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call)
    {
        long startedAt = clock.GetTimestamp();
        try
        {
            var answer = await call.Method!.Integration.InvokeAsync(call);
            return call.CacheFill is { } fill ? await fill.KeepAsync(call, answer) : answer;
        }
        catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
        {
            return new Refusal(call.Errors.IntegrationTimeout);
        }
        catch (IntegrationException failure)
        {
            logger.IntegrationFailed(call.Stage!.ApiId, call.Method!.SettingsKey, failure.Message);
            return new Refusal(call.Errors.IntegrationFailure);
        }
        finally
        {
            call.IntegrationLatency = clock.GetElapsedTime(startedAt);
        }
    }
}
