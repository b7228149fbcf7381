namespace Aspire.Hosting.Local.Logs;

/// <summary>Where each run leaves a log file per instance; the files of earlier runs are removed.</summary>
internal sealed class LogDirectory
{
    private readonly string? _path;

    /// <summary>Uses the directory, or writes no files when there is none.</summary>
    public LogDirectory(string? path)
    {
        _path = path;
        if (path is null)
            return;
        Directory.CreateDirectory(path);
        foreach (var old in Directory.EnumerateFiles(path, "*.log*"))
            File.Delete(old);
    }

    public LogFile Open(string instanceName) => new(_path is null ? null : Path.Combine(_path, instanceName + ".log"));
}

/// <summary>A log file that begins anew when it is full, keeping the one before, so that a chatty process cannot fill the disk.</summary>
internal sealed class LogFile(string? path) : IDisposable
{
    private const long FullAtBytes = 32 * 1024 * 1024;

    private StreamWriter? _writer;

    public void Write(string line)
    {
        if (path is null)
            return;
        _writer ??= Create(path);
        _writer.WriteLine(line);
        if (_writer.BaseStream.Length > FullAtBytes)
        {
            Dispose();
            File.Move(path, path + ".1", overwrite: true);
        }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private static StreamWriter Create(string path) =>
        new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
}
