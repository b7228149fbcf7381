namespace ApiPoc.Gateway.Pipeline;

internal static partial class PipelineLog
{
    [LoggerMessage(1000, LogLevel.Error, "Call {RequestId} failed by a fault of ours")]
    public static partial void CallFailed(this ILogger logger, string requestId, Exception failure);

    [LoggerMessage(1001, LogLevel.Warning, "Call {RequestId} broke off after its answer had begun")]
    public static partial void CallBrokeOff(this ILogger logger, string requestId, Exception failure);
}
