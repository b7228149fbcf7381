using System.Diagnostics;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Seeds;

/// <summary>The commands of "tiered API keys", against the shipped gateway.json.</summary>
public sealed class SecureApiTests : IAsyncLifetime
{
    private const string Greeter = "secure-api/miztiik/secure/greeter";
    private const string Developer = "Developer-Kon-sample-key-0001";
    private const string Partner = "Partner-Mystique-sample-key-0001";
    private RedisServer _redis = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _gateway = await GatewayHost.StartAsync(_redis, await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "services", "Gateway", "gateway.json")));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Developer_30AtOnce_OneOrTwoPass_TheRestAreTooMany()
    {
        var clock = Stopwatch.StartNew();
        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => _gateway.GetAsync(Greeter, Developer)));
        // One token, and one more for each second the calls take.
        Assert.InRange(replies.Count(reply => reply.Status == 200), 1, 2 + (int)clock.Elapsed.TotalSeconds);
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.ShouldBe(429, "TooManyRequestsException", """{"message":"Too Many Requests"}"""));
    }

    [Fact]
    public async Task Partner_100AtOnce_AllPass_ThenTenASecond()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _gateway.GetAsync(Greeter, Partner)));
        Assert.All(replies, reply => Assert.Equal(200, reply.Status));
        var next = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _gateway.GetAsync(Greeter, Partner)));
        Assert.Contains(next, reply => reply.Status == 429);
    }

    [Fact]
    public async Task NoKey_Forbidden() => (await _gateway.GetAsync(Greeter)).ShouldBe(403, "ForbiddenException", """{"message":"Forbidden"}""");

    [Fact]
    public async Task MoreThan20AtTheBackEnd_500()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => _gateway.GetAsync($"{Greeter}?delay=3000", Partner)));
        // A slow machine may send some only after the first 20 are done.
        Assert.InRange(replies.Count(reply => reply.Status == 200), 20, 59);
        Assert.All(replies.Where(reply => reply.Status == 500), reply => Assert.Equal("""{"message":"Internal server error"}""", reply.Body));
    }

    [Theory]
    [InlineData("unsecure-api/miztiik/unsecure/greeter")]
    [InlineData("unsecure-api/miztiik/unsecure/movies")]
    [InlineData("unsecure-api/miztiik/unsecure/movies/9")]
    public async Task Unsecure_NeedsNoKey(string path) => Assert.Equal(200, (await _gateway.GetAsync(path)).Status);
}
