namespace ApiPoc.Gateway.Definitions;

internal static partial class DefinitionLog
{
    [LoggerMessage(1100, LogLevel.Information, "Definition {File} was read again and is in force")]
    public static partial void DefinitionReplaced(this ILogger logger, string file);

    [LoggerMessage(1101, LogLevel.Error, "Definition {File} was refused, the last good one stays in force: {Errors}")]
    public static partial void DefinitionRefused(this ILogger logger, string file, string errors);

    [LoggerMessage(1102, LogLevel.Error, "Definition {File} could not be put in force")]
    public static partial void DefinitionNotApplied(this ILogger logger, string file, Exception fault);
}
