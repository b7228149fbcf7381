using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ApiPoc.ServiceDefaults.Telemetry;

/// <summary>
/// One event, one line: <c>12:00:00.123 info ApiPoc.Worker.Jobs.JobHandler: Completed job 7. trace=4bf92f3577b34da6a3ce929d0e0e4736</c>.
/// Control characters are escaped, so no value can forge a line; a stack trace follows on indented lines of its own.
/// </summary>
internal sealed class LineFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write($"{clock.GetLocalNow():HH:mm:ss.fff} {Word(logEntry.LogLevel)} {logEntry.Category}: ");
        WriteEscaped(textWriter, logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (Activity.Current is { } span)
            textWriter.Write($" trace={span.TraceId}");
        textWriter.WriteLine();
        if (logEntry.Exception is { } exception)
            WriteIndented(textWriter, exception.ToString());
    }

    // An exception's text may come from outside too: indented, none of its lines can pass for an event.
    private static void WriteIndented(TextWriter writer, string text)
    {
        foreach (var line in text.Split('\n'))
        {
            writer.Write("    ");
            WriteEscaped(writer, line.TrimEnd('\r'));
            writer.WriteLine();
        }
    }

    private static void WriteEscaped(TextWriter writer, string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character))
                writer.Write($"\\u{(int)character:x4}");
            else
                writer.Write(character);
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
