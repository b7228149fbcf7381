using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Logs;

/// <summary>
/// Reads the severity of what a process prints. .NET's console format begins a record with its level ("warn: Category[0]") and indents
/// the lines that belong to it; anything else is information on standard output and a warning on standard error.
/// </summary>
internal sealed class OutputLevels
{
    private LogLevel? _record;

    public LogLevel Of(LogLine line)
    {
        if (LevelOf(line.Content) is { } begun)
            _record = begun;
        else if (!line.Content.StartsWith("      ", StringComparison.Ordinal))
            _record = null;
        return _record ?? (line.IsErrorMessage ? LogLevel.Warning : LogLevel.Information);
    }

    private static LogLevel? LevelOf(string line) => line.Length < 5 ? null : line[..5] switch
    {
        "trce:" => LogLevel.Trace,
        "dbug:" => LogLevel.Debug,
        "info:" => LogLevel.Information,
        "warn:" => LogLevel.Warning,
        "fail:" => LogLevel.Error,
        "crit:" => LogLevel.Critical,
        _ => null,
    };
}
