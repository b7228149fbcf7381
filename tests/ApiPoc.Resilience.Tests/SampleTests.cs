using ApiPoc.Testing;

namespace ApiPoc.Resilience.Tests;

public sealed class SampleTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Sample_ReadsThroughQuotaAndBreaker()
    {
        await using var api = await StubApi.StartAsync();

        string answer = await Sample.RunAsync(
        [
            "--urls=http://127.0.0.1:0", $"--ConnectionStrings:redis={redis.Server.ConnectionString}", $"--Apis:ODG_SURVEYS:BaseAddress={api.Url}",
            "--QuotaStore:Budget=00:00:05", "--BreakerStore:Budget=00:00:05",
        ]);

        Assert.Equal("""{"data":[]}""", answer);
        Assert.Equal("/survey/1", Assert.Single(api.Calls).Path);
    }

    [Fact]
    public void Page_ShowsTheSampleThatIsCompiled()
    {
        Assert.Equal(
            Lines("tests/ApiPoc.Resilience.Tests/Sample.cs", "    {", "    }").Select(line => line.Length > 8 ? line[8..] : line),
            Lines("docs/resilience.md", "```csharp", "```"));
    }

    private static IEnumerable<string> Lines(string path, string first, string last) =>
        File.ReadLines(Path.Combine(RepositoryRoot.Path, path)).SkipWhile(line => line != first).Skip(1).TakeWhile(line => line != last);
}
