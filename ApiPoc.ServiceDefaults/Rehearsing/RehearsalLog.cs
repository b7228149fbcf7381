using Microsoft.Extensions.Logging;

namespace ApiPoc.ServiceDefaults.Rehearsing;

internal static partial class RehearsalLog
{
    [LoggerMessage(1, LogLevel.Warning, "The rehearsal was given up, so the first jobs may take longer: {Reason}")]
    public static partial void RehearsalGivenUp(this ILogger logger, string reason);
}
