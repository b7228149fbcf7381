namespace ApiPoc.ExternalApi.Tests.Stats;

public sealed class StatsTests(Emulator emulator) : EmulatorTest(emulator)
{
    [Fact]
    public async Task Get_ShowsWhatConsumersCounted()
    {
        Assert.Equal("{}", await Emulator.Client.GetStringAsync("/stats/invoke"));
        using var redis = await Emulator.ConnectRedisAsync();
        await redis.GetDatabase().HashIncrementAsync("stats:invoke", "2026-11-20:ODG_SURVEYS", 7);
        await redis.GetDatabase().HashIncrementAsync("stats:invoke", "2026-11-19:ODG_SURVEYS", 2);

        Assert.Equal("""{"2026-11-19:ODG_SURVEYS":2,"2026-11-20:ODG_SURVEYS":7}""", await Emulator.Client.GetStringAsync("/stats/invoke"));
    }
}
