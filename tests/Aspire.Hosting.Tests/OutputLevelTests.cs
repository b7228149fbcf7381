using Aspire.Hosting.Local.Logs;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Tests;

public sealed class OutputLevelTests
{
    private readonly OutputLevels _levels = new();

    [Fact]
    public void Records_KeepTheirLevelToTheLastLine() => Expect(
        (LogLevel.Information, "info: Some.Category[1]"),
        (LogLevel.Information, "      all is well"),
        (LogLevel.Error, "fail: Some.Category[2]"),
        (LogLevel.Error, "      all is lost"),
        (LogLevel.Warning, "12:00:00.123 warn Some.Category: it is late"),
        (LogLevel.Warning, "System.TimeoutException: The operation has timed out."),
        (LogLevel.Warning, "   at Some.Type.Method()"),
        (LogLevel.Information, "12:00:00.124 info Some.Category: it is over"));

    [Fact]
    public void Lines_WithoutLevel_AreInformation() => Expect(
        (LogLevel.Information, "Ready on port 4566"),
        (LogLevel.Information, "failed: 0, warnings: 0"));

    [Fact]
    public void Lines_OnStandardError_AreWarningsUnlessTheySay()
    {
        Assert.Equal(LogLevel.Warning, _levels.Of(new(1, "no such file", IsErrorMessage: true)));
        Assert.Equal(LogLevel.Critical, _levels.Of(new(2, "crit: Some.Category[3]", IsErrorMessage: true)));
    }

    private void Expect(params (LogLevel Level, string Line)[] lines) =>
        Assert.Equal(lines, lines.Select((line, number) => (_levels.Of(new(number, line.Line, IsErrorMessage: false)), line.Line)));
}
