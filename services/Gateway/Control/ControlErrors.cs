using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Responses;
using ApiPoc.Redis;

namespace ApiPoc.Gateway.Control;

/// <summary>Gives every answer of the control plane its id, and turns whatever an operation throws into an answer.</summary>
internal sealed class ControlErrors(RequestDelegate next, ILogger<ControlErrors> logger)
{
    /// <summary>Lets the call go on.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        string requestId = Guid.NewGuid().ToString();
        http.Response.Headers[AnswerHeaders.RequestId] = requestId;
        try
        {
            await next(http);
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            var error = ErrorFor(failure);
            if (error == ControlError.Internal)
                logger.OperationFailed(requestId, failure);
            await error.WriteAsync(http);
        }
    }

    private static ControlError ErrorFor(Exception failure) => failure switch
    {
        ControlException refused => refused.Error,
        RegistryException { Problem: RegistryProblem.NotFound } missing => ControlError.NotFound(missing.Message),
        RegistryException { Problem: RegistryProblem.Conflict } conflict => ControlError.Conflict(conflict.Message),
        RegistryException { Problem: RegistryProblem.InUse } inUse => ControlError.BadRequest(inUse.Message),
        RegistryException { Problem: RegistryProblem.LimitExceeded } exceeded => ControlError.LimitExceeded(exceeded.Message),
        RegistryException unavailable => ControlError.Unavailable(unavailable.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ControlError.RequestTooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => ControlError.RequestTimeout,
        // Parameters of a route that are not of its type.
        BadHttpRequestException bad => ControlError.BadRequest(bad.Message),
        _ when RedisFailure.IsUnavailable(failure) => ControlError.Unavailable("Redis cannot be reached."),
        _ => ControlError.Internal,
    };
}
