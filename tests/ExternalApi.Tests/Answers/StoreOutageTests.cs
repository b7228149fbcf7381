using System.Net;

namespace ApiPoc.ExternalApi.Tests.Answers;

public sealed class StoreOutageTests(Emulator emulator) : EmulatorTest(emulator)
{
    // The time-out of a decision in these tests, and what a busy machine may add; without it the client would wait for as
    // long as the server is frozen.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5 + 20);

    [Theory]
    [InlineData("/survey/1", false)]
    [InlineData("/health", false)]
    [InlineData("/keys", false)]
    [InlineData("/stats/invoke", false)]
    [InlineData("/survey/1", true)]
    [InlineData("/health", true)]
    public async Task Get_RedisIsDeadOrFrozen_Answers503AtOnce_AndRecovers(string path, bool isFrozen)
    {
        if (isFrozen)
            Emulator.Redis.Pause();
        else
            Emulator.Redis.Kill();
        try
        {
            long start = TimeProvider.System.GetTimestamp();
            var answer = await Emulator.GetAsync(path);

            Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, Soon);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("""{"status_code":503,"message":"quota store unavailable"}""", await answer.Content.ReadAsStringAsync());
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
        }
        finally
        {
            if (isFrozen)
                Emulator.Redis.Resume();
            else
                await Emulator.Redis.RestartAsync();
            await Emulator.UntilReadyAsync();
        }

        Assert.Equal(HttpStatusCode.OK, (await Emulator.GetAsync(path)).StatusCode);
    }
}
