namespace ApiPoc.Gateway.Tests.BadInputs;

public sealed class PathInputTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    [Theory]
    [InlineData("/files/../open")]
    [InlineData("/files/a/..")]
    [InlineData("/files/./a")]
    [InlineData("/files/%2e%2e/open")]
    [InlineData("/files/.%2E/open")]
    [InlineData("/files/%252e%252e/open")]
    [InlineData("/files/%25252e%25252e/open")]
    [InlineData("/files/a%2f..%2fopen")]
    [InlineData("/files/a%2500b")]
    [InlineData("/files/a%0d%0aX-A:%20a")]
    [InlineData("/files/a\\b")]
    [InlineData("/files/a%5cb")]
    [InlineData("/files//a")]
    [InlineData("//open")]
    [InlineData("/files/a%")]
    [InlineData("/files/a%zz")]
    [InlineData("/files/a#b")]
    public async Task PathReadDifferentlyByOthers_400_AndNobodyIsAsked(string path)
    {
        int before = fixture.Backend.Calls;
        var call = await fixture.GetAsync(BadInputFixture.Stage + path);
        Assert.Equal((400, before), (call.Status, fixture.Backend.Calls));
        Assert.EndsWith("""{"message":"Bad Request"}""", call.Answer, StringComparison.Ordinal);
    }

    // The server refuses it by itself, and says nothing more.
    [Fact]
    public async Task PathWithNul_400() => Assert.Equal(400, (await fixture.GetAsync($"{BadInputFixture.Stage}/files/a%00b")).Status);

    [Fact]
    public async Task TenThousandSegments_414() => Assert.Equal(414, (await fixture.GetAsync(BadInputFixture.Stage + string.Concat(Enumerable.Repeat("/a", 10_000)))).Status);

    // As many as a request line holds.
    [Theory]
    [InlineData("", 403)]
    [InlineData("/files", 200)]
    public async Task FourThousandSegments_AreRoutedAtOnce(string resource, int status) =>
        Assert.Equal(status, (await fixture.GetAsync(BadInputFixture.Stage + resource + string.Concat(Enumerable.Repeat("/a", 4_000)))).Status);

    [Theory]
    [InlineData("/Open")]
    [InlineData("/OPEN")]
    [InlineData("/open/more")]
    public async Task AnotherPath_403(string path) => Assert.EndsWith(
        """{"message":"Missing Authentication Token"}""", (await fixture.GetAsync(BadInputFixture.Stage + path)).Answer, StringComparison.Ordinal);

    [Fact]
    public async Task AnotherSpellingOfAPath_IsTheSameBucket()
    {
        Assert.Equal(200, (await fixture.GetAsync($"{BadInputFixture.Stage}/throttled")).Status);
        foreach (string spelling in (string[])["/throttled", "/throttled/", "/throttled?again", "/%74hrottled", "/throttle%64/"])
            Assert.Equal((spelling, 429), (spelling, (await fixture.GetAsync(BadInputFixture.Stage + spelling)).Status));
        Assert.Equal(403, (await fixture.GetAsync($"{BadInputFixture.Stage}/Throttled")).Status);
    }
}
