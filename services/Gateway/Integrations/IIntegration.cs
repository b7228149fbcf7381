using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Integrations;

/// <summary>A back end of one method. Shared by all calls.</summary>
internal interface IIntegration
{
    /// <summary>Asks the back end.</summary>
    /// <returns>The answer, of which the body may still be on its way.</returns>
    /// <exception cref="IntegrationException">It could not be reached or broke off.</exception>
    /// <exception cref="OperationCanceledException">It took too long, or the caller went away.</exception>
    ValueTask<IGatewayAnswer> InvokeAsync(GatewayCall call);
}

/// <summary>A back end could not be reached or broke off before it answered.</summary>
internal sealed class IntegrationException(string message, Exception? innerException = null) : Exception(message, innerException);
