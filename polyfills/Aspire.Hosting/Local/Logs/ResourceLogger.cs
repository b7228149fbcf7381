using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Logs;

/// <summary>Lets the AppHost write into resources' logs.</summary>
internal sealed class ResourceLogger(IReadOnlyList<ResourceLog> logs) : ILogger
{
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
            log.Append(text, isError: logLevel >= LogLevel.Error);
    }
}
