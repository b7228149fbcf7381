using System.Collections.Concurrent;
using Aspire.Hosting.Local.Logs;
using Aspire.Hosting.Local.Resources;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The log of each resource: what its processes print and what the AppHost has to say about them.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly LogDirectory _directory;

    internal ResourceLoggerService(LogDirectory directory) => _directory = directory;

    /// <summary>Writes to the logs of all of the resource's instances.</summary>
    public ILogger GetLogger(IResource resource) => new ResourceLogger([.. InstanceNames.Of(resource).Select(LogOf)]);

    /// <summary>Writes to the log of one instance.</summary>
    public ILogger GetLogger(string resourceName) => new ResourceLogger([LogOf(resourceName)]);

    /// <summary>The lines of an instance that are kept, and all later ones.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => LogOf(resourceName).WatchAsync();

    /// <summary>The lines of a resource's first instance that are kept, and all later ones.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(InstanceNames.Of(resource)[0]);

    /// <summary>The lines of an instance that are kept.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        await Task.CompletedTask;
        yield return LogOf(resourceName).Lines;
    }

    public void Dispose()
    {
        foreach (var log in _logs.Values)
            log.Dispose();
        GC.SuppressFinalize(this);
    }

    internal ResourceLog LogOf(string instanceName) => _logs.GetOrAdd(instanceName, name => new ResourceLog(_directory.Open(name)));
}

/// <summary>A line of a log; numbers begin at 1 and never repeat.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
