using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Logs;

/// <summary>
/// Reads the severity of what one process prints. A record of .NET's console logging begins with its level, after a time at most
/// ("warn: Category[0]", "12:00:00.123 warn Category: …"), and the lines up to the next record belong to it. What begins with none is
/// information on standard output and a warning on standard error.
/// </summary>
internal sealed partial class OutputLevels
{
    private LogLevel _record = LogLevel.Information;

    public LogLevel Of(LogLine line)
    {
        var match = Begin().Match(line.Content);
        if (match.Success)
            _record = LevelOf(match.Groups["level"].Value);
        return match.Success || !line.IsErrorMessage ? _record : LogLevel.Warning;
    }

    private static LogLevel LevelOf(string word) => word switch
    {
        "trce" => LogLevel.Trace,
        "dbug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "fail" => LogLevel.Error,
        _ => LogLevel.Critical,
    };

    [GeneratedRegex(@"^(\S*\d\S* )?(?<level>trce|dbug|info|warn|fail|crit)[: ]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Begin();
}
