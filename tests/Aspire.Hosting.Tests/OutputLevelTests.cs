using Aspire.Hosting.Local.Logs;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Tests;

public sealed class OutputLevelTests
{
    [Fact]
    public void Records_OfDotnet_KeepTheirLevelToTheLastLine()
    {
        var levels = new OutputLevels();
        LogLine[] lines =
        [
            new(1, "info: Some.Category[1]", IsErrorMessage: false),
            new(2, "      all is well", IsErrorMessage: false),
            new(3, "fail: Some.Category[2]", IsErrorMessage: false),
            new(4, "      all is lost", IsErrorMessage: false),
            new(5, "plain", IsErrorMessage: false),
            new(6, "plain, on standard error", IsErrorMessage: true),
        ];
        Assert.Equal(
            [LogLevel.Information, LogLevel.Information, LogLevel.Error, LogLevel.Error, LogLevel.Information, LogLevel.Warning],
            lines.Select(levels.Of));
    }
}
