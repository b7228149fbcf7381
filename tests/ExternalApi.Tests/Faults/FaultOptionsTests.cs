using ApiPoc.ExternalApi.Faults;
using Microsoft.Extensions.Hosting.Internal;

namespace ApiPoc.ExternalApi.Tests.Faults;

public sealed class FaultOptionsTests
{
    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public void Validate_AFaultIsSet_OnlyDevelopmentTakesIt(string environment, bool isTaken)
    {
        FaultOptionsValidator validator = new(new HostingEnvironment { EnvironmentName = environment });

        Assert.Equal(isTaken, validator.Validate(null, new FaultOptions { ErrorRate = 0.1 }).Succeeded);
        Assert.True(validator.Validate(null, new FaultOptions()).Succeeded);
    }

    [Fact]
    public void Faults_EverythingWrong_EverythingNamed()
    {
        FaultOptions options = new()
        {
            Latency = TimeSpan.FromSeconds(-1),
            ErrorRate = 0.6,
            HangRate = 0.6,
            OtherClient = new() { Calls = -1, Path = "/nowhere" },
        };

        Assert.Equal(
            [
                "The field Latency must be between 00:00:00 and 00:01:00.",
                "The field Calls must be between 0 and 100000.",
                "Faults: the rates add up to 1.2: together they must be at most 1",
                "Faults:OtherClient:Path: /nowhere: is no resource path, e.g. /survey/1/interview/1/attachment/1",
            ],
            FaultOptionsValidator.Faults(options));
    }
}
