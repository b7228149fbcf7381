using System.Diagnostics;
using ApiPoc.ServiceDefaults.Telemetry;
using ApiPoc.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ApiPoc.ServiceDefaults.Tests.Telemetry;

public sealed class LineFormatterTests
{
    [Fact]
    public void Write_InATrace_NamesIt()
    {
        using var span = new Activity("work").Start();
        Assert.Equal($"00:00:00.000 info Jobs: Completed job 7. trace={span.TraceId}\n", Write("Completed job 7."));
    }

    [Fact]
    public void Write_ControlCharacters_CannotForgeALine() =>
        Assert.Equal("00:00:00.000 info Jobs: a\\u000d\\u000ab\\u001b[0m\n", Write("a\r\nb\e[0m"));

    [Fact]
    public void Write_Exception_FollowsOnItsOwnLines() =>
        Assert.Equal("00:00:00.000 info Jobs: failed\n    System.InvalidOperationException: planted\n", Write("failed", new InvalidOperationException("planted")));

    [Fact]
    public void Write_ControlCharactersOfAnException_CannotForgeALine() => Assert.Equal(
        "00:00:00.000 info Jobs: failed\n    System.InvalidOperationException: a\n    00:00:00.000 info Jobs: forged\\u000d\\u001b[0m\n",
        Write("failed", new InvalidOperationException("a\r\n00:00:00.000 info Jobs: forged\r\e[0m")));

    private static string Write(string message, Exception? exception = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(LogLevel.Information, "Jobs", default, message, exception, (text, _) => text);
        new LineFormatter(new ManualTimeProvider()).Write(entry, scopeProvider: null, writer);
        return writer.ToString();
    }
}
