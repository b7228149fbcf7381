namespace ApiPoc.Gateway.Control;

internal static partial class ControlLog
{
    [LoggerMessage(1900, LogLevel.Error, "Operation {RequestId} of the control plane failed")]
    public static partial void OperationFailed(this ILogger logger, string requestId, Exception failure);

    [LoggerMessage(1901, LogLevel.Information, "{AccessKeyId} called {Method} {Path}: {Status}")]
    public static partial void OperationCalled(this ILogger logger, string? accessKeyId, string method, string path, int status);
}
