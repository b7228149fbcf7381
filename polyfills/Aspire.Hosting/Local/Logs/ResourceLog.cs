using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local.Logs;

/// <summary>One instance's log: the last lines in memory, all of them in a file, and a stream for whoever watches.</summary>
internal sealed class ResourceLog(LogFile file) : IDisposable
{
    private const int KeptLines = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly ConcurrentDictionary<ChannelWriter<LogLine>, byte> _watchers = new();
    private int _count;

    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public void Append(string content, bool isError)
    {
        lock (_lock)
        {
            var line = new LogLine(++_count, content, isError);
            _lines.Enqueue(line);
            if (_lines.Count > KeptLines)
                _lines.Dequeue();
            file.Write(content);
            foreach (var watcher in _watchers.Keys)
                watcher.TryWrite(line);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A watcher that does not keep up loses the oldest lines, not the AppHost its memory.
        var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(KeptLines) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            foreach (var line in _lines)
                channel.Writer.TryWrite(line);
            _watchers[channel.Writer] = 0;
        }

        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                    batch.Add(line);
                yield return batch;
            }
        }
        finally
        {
            _watchers.TryRemove(channel.Writer, out _);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers.Keys)
                watcher.TryComplete();
            file.Dispose();
        }
    }
}
