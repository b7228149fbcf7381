using System.Net;

namespace ApiPoc.ExternalApi.Tests.Quotas;

public sealed class HealthTests(Emulator emulator) : EmulatorTest(emulator)
{
    [Fact]
    public async Task Get_QuotaLeft_Answers200AndChargesNothing()
    {
        for (int i = 0; i < 30; i++)
        {
            var answer = await Emulator.GetAsync("/health");
            Assert.Equal((HttpStatusCode.OK, """{"status_code":200,"message":"quota ok"}"""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        Assert.Empty(await Emulator.KeysLeftAsync());
    }

    [Fact]
    public async Task Get_OneLevelIsExhausted_Answers429ForThatKeyOnly()
    {
        await Emulator.GetTimesAsync(5, Emulator.Attachment, "busy");

        var answer = await Emulator.GetAsync("/health", "busy");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("""{"status_code":429,"message":"quota exceeded at 60s interval"}""", await answer.Content.ReadAsStringAsync());
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, (await Emulator.GetAsync("/health", "idle")).StatusCode);
    }
}
