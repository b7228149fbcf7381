using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Aspire.Hosting.Local.Logs;

/// <summary>One line per event on the AppHost's console, beginning with the resource it is about.</summary>
internal sealed class AppHostConsole() : ConsoleFormatter(FormatName)
{
    public const string FormatName = "apphost";

    private static readonly string Own = typeof(DistributedApplication).FullName!;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(Prefix(logEntry.LogLevel));
        if (logEntry.Category != Own)
        {
            textWriter.Write(logEntry.Category);
            textWriter.Write(": ");
        }

        textWriter.WriteLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
            textWriter.WriteLine(exception);
    }

    private static string Prefix(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit: ",
        LogLevel.Error => "fail: ",
        LogLevel.Warning => "warn: ",
        LogLevel.Information => "info: ",
        _ => "dbug: ",
    };
}

internal static class AppHostConsoleRegistration
{
    public static void AddAppHostConsole(this ILoggingBuilder logging)
    {
        logging.AddConsoleFormatter<AppHostConsole, ConsoleFormatterOptions>();
        logging.AddConsole(options => options.FormatterName = AppHostConsole.FormatName);
        // What these have to say of health checks and hosting, the states of the resources say better.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // What stops the start is told once, in a sentence, by who calls Run.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
    }
}
