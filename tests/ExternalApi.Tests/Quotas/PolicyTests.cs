using System.Net;

namespace ApiPoc.ExternalApi.Tests.Quotas;

public sealed class PolicyTests(Emulator emulator) : EmulatorTest(emulator)
{
    [Theory]
    [InlineData("original", "\"survey:interview\";q=10;w=60, \"survey\";q=20;w=60")]
    [InlineData("windows", "\"api:1s\";q=2;w=1, \"api:60s\";q=120;w=60, \"api:3600s\";q=7200;w=3600, \"api:86400s\";q=172800;w=86400")]
    [InlineData("fast", "\"api\";q=100;w=1")]
    public async Task Switch_NamedPolicy_ItsQuotasApply(string policy, string quotas)
    {
        await Emulator.SwitchAsync("quotas", new { policy });

        var answer = await Emulator.GetAsync("/survey/1/interview/1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(quotas, string.Join(", ", answer.Headers.GetValues("RateLimit-Policy")));
    }

    [Fact]
    public async Task Switch_PolicyPerKey_OnlyThatKeyHasIt()
    {
        await Emulator.SwitchAsync("quotas", new { keys = new Dictionary<string, string> { ["fast:key"] = "fast" } });

        Assert.Equal("\"api\";q=100;w=1", (await Emulator.GetAsync("/survey", "fast:key")).Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal("\"survey\";q=20;w=60", (await Emulator.GetAsync("/survey")).Headers.GetValues("RateLimit-Policy").Single());
    }

    [Fact]
    public async Task Switch_PolicyOfItsOwnNumbers_TheTightestWindowRefuses()
    {
        object[] api = [new { count = 4, period = "00:20:00" }];
        object[] interview = [new { count = 2, period = "00:10:00" }, new { count = 3, period = "00:15:00" }];
        await Emulator.SwitchAsync("quotas", new { policy = "mine", policies = new { mine = new { api, interview } } });

        var refused = await Emulator.GetTimesAsync(3, "/survey/1/interview/1");
        Assert.Contains("[\"survey:interview quota exceeded for 600s window at /survey/1/interview/1\"]", await refused.Content.ReadAsStringAsync());
        refused = await Emulator.GetTimesAsync(3, "/survey/1");

        Assert.Contains("[\"api quota exceeded for 1200s window at /survey/1\"]", await refused.Content.ReadAsStringAsync());
        Assert.Equal(["api:none=0", "survey:interview:600s:none=0", "survey:interview:900s:none=1"], await Emulator.KeysLeftAsync());
    }

    [Fact]
    public async Task ManyCallsAtOnce_ExactlyTheQuotaIsServed()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Emulator.GetAsync("/survey/1")));

        Assert.Equal(20, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(40, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }
}
