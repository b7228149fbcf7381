using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Logs;

/// <summary>Lets the AppHost write into resources' logs, in lines that begin with a mark of their own.</summary>
internal sealed class ResourceLogger(IReadOnlyList<ResourceLog> logs) : ILogger
{
    public const string Mark = "[sys] ";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var text = exception is null ? formatter(state, null) : $"{formatter(state, exception)}{Environment.NewLine}{exception}";
        foreach (var log in logs)
            log.Append(Mark + text, isError: logLevel >= LogLevel.Error);
    }
}
