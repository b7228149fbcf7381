using System.Net;
using System.Text.Json;

namespace ApiPoc.ExternalApi.Tests.Faults;

public sealed class FaultTests(Emulator emulator) : EmulatorTest(emulator)
{
    [Fact]
    public async Task Latency_DelaysEveryAnswer()
    {
        await Emulator.SwitchAsync("faults", new { latency = "00:00:00.300" });
        long start = TimeProvider.System.GetTimestamp();

        var answer = await Emulator.GetAsync("/survey/1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromMilliseconds(290), TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("/survey/1")]
    [InlineData("/health")]
    public async Task ErrorRate_AnswersItsOwn500(string path)
    {
        await Emulator.SwitchAsync("faults", new { error_rate = 1 });

        var answer = await Emulator.GetAsync(path);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("""{"status_code":500,"message":"injected error"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ErrorRate_OfAHalf_FailsAboutHalf_AndChargesAll()
    {
        await Emulator.SwitchAsync("faults", new { error_rate = 0.5 });
        await Emulator.SwitchAsync("quotas", new { policy = "wide", policies = new { wide = new { api = new[] { new { count = 1000, period = "01:00:00" } } } } });

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Emulator.GetAsync("/survey/1")));

        // Six standard deviations: fails by chance once in 10^9 runs.
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.InternalServerError), 57, 143);
        Assert.Equal(["api:none=800"], await Emulator.KeysLeftAsync());
    }

    [Fact]
    public async Task GarbageRate_SendsA200ThatIsNoJson()
    {
        await Emulator.SwitchAsync("faults", new { garbage_rate = 1 });

        var answer = await Emulator.GetAsync("/survey/1");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(answer.Content.ReadAsStringAsync().Result));
    }

    [Fact]
    public async Task ResetRate_CutsTheConnection()
    {
        await Emulator.SwitchAsync("faults", new { reset_rate = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => Emulator.GetAsync("/survey/1"));
    }

    [Fact]
    public async Task HangRate_NeverAnswers()
    {
        await Emulator.SwitchAsync("faults", new { hang_rate = 1 });
        using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Emulator.Client.GetAsync("/survey/1", patience.Token));
    }

    [Fact]
    public async Task Refusals_AreNotReplacedByFaults()
    {
        await Emulator.GetTimesAsync(20, "/survey/1");
        await Emulator.SwitchAsync("faults", new { error_rate = 1 });

        Assert.Equal(HttpStatusCode.TooManyRequests, (await Emulator.GetAsync("/survey/1")).StatusCode);
    }

    [Fact]
    public async Task OtherClient_EatsPartOfTheQuota()
    {
        await Emulator.SwitchAsync("faults", new { other_client = new { api_key = "shared", path = "/survey/9/interview", calls = 3, every = "01:00:00" } });

        // It notices the switch within the second for which it waits by default.
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (await Emulator.KeysLeftAsync() is not ["survey:interview:shared=7", "survey:shared=17"])
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }
}
