namespace ApiPoc.Gateway.Tests.BadInputs;

/// <summary>Keys that can be none are refused without asking anybody: Redis stands still meanwhile.</summary>
public sealed class KeyInputTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private const string Path = $"{BadInputFixture.Stage}/keyed";

    [Theory]
    [InlineData("")]
    [InlineData("x-api-key:\r\n")]
    [InlineData("x-api-key: {129 characters}\r\n")]
    [InlineData("x-api-key: bad-input-key-00000000000\u00c3\u00a4\r\n")]
    [InlineData("x-api-key: bad-input-key-00000000000\u00e4\r\n")]
    [InlineData("x-api-key: an-unknown-key-000000000001\r\n")]
    [InlineData($"x-api-key: {BadInputFixture.Key}\r\nx-api-key: {BadInputFixture.Key}\r\n")]
    [InlineData($"x-api-key: {BadInputFixture.Key}, {BadInputFixture.Key}\r\n")]
    public async Task NoKeyAtAll_403_WithoutACallOfRedis(string header)
    {
        fixture.Redis.Pause();
        try
        {
            var call = await fixture.GetAsync(Path, header.Replace("{129 characters}", new string('k', 129), StringComparison.Ordinal));
            Assert.Equal(403, call.Status);
            Assert.EndsWith("""{"message":"Forbidden"}""", call.Answer, StringComparison.Ordinal);
        }
        finally
        {
            fixture.Redis.Resume();
        }
    }

    [Theory]
    [InlineData($"?x-api-key={BadInputFixture.Key}")]
    [InlineData($"?apiKey={BadInputFixture.Key}")]
    public async Task KeyInTheQuery_403(string query) => Assert.Equal(403, (await fixture.GetAsync(Path + query)).Status);

    [Fact]
    public async Task TheKeyItself_200() => Assert.Equal(200, (await fixture.GetAsync(Path, $"x-api-key: {BadInputFixture.Key}\r\n")).Status);
}
