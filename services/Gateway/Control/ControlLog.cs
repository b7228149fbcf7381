namespace ApiPoc.Gateway.Control;

internal static partial class ControlLog
{
    [LoggerMessage(1900, LogLevel.Error, "Operation {RequestId} of the control plane failed")]
    public static partial void OperationFailed(this ILogger logger, string requestId, Exception failure);
}
