using StackExchange.Redis;

namespace ApiPoc.Redis.Tests;

public sealed class RedisScriptTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);
    private readonly RedisScript _echo = RedisScript.FromText("return KEYS[1] .. ':' .. ARGV[1]");

    [Fact]
    public async Task EvaluateAsync_AfterScriptFlush_SendsTheScriptAgain()
    {
        Assert.Equal("a:1", await EchoAsync("a", "1"));
        await redis.Connection.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");

        Assert.Equal("b:2", await EchoAsync("b", "2"));
    }

    [Fact]
    public async Task EvaluateAsync_PausedServer_GivesUpWithinItsBudget()
    {
        await EchoAsync("warm", "up");
        redis.Server.Pause();
        try
        {
            var failure = await Assert.ThrowsAsync<TimeoutException>(() => EchoAsync("c", "3", TimeSpan.FromMilliseconds(50)));
            Assert.True(RedisFailure.IsUnavailable(failure));
        }
        finally
        {
            redis.Server.Resume();
        }

        Assert.Equal("d:4", await EchoAsync("d", "4"));
    }

    [Fact]
    public async Task EvaluateAsync_ScriptRefused_IsAFailureOfRedis()
    {
        var wrong = RedisScript.FromText("return redis.call('GET')");

        var failure = await Assert.ThrowsAsync<RedisServerException>(() => wrong.EvaluateAsync(redis.Connection, [], [], Budget, default));

        Assert.True(RedisFailure.IsUnavailable(failure));
    }

    [Fact]
    public void Load_UnknownName_Throws() => Assert.Throws<ArgumentException>(() => RedisScript.Load("no-such-script"));

    private async Task<string?> EchoAsync(string key, string value, TimeSpan? budget = null) =>
        (string?)await _echo.EvaluateAsync(redis.Connection, [key], [value], budget ?? Budget, default);
}
