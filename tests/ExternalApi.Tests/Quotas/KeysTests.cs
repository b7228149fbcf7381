using System.Net.Http.Json;
using System.Text.Json;

namespace ApiPoc.ExternalApi.Tests.Quotas;

public sealed class KeysTests(Emulator emulator) : EmulatorTest(emulator)
{
    [Fact]
    public async Task Get_AfterOneCall_ListsEachLevelWithItsTimeToLive()
    {
        await Emulator.GetAsync(Emulator.Attachment);

        var keys = (await Emulator.Client.GetFromJsonAsync<JsonElement>("/keys")).GetProperty("keys").EnumerateArray().ToArray();

        Assert.Equal(
            ["""{"name":"survey:interview:attachment:none","value":"4"}""", """{"name":"survey:interview:none","value":"9"}""", """{"name":"survey:none","value":"19"}"""],
            keys.Select(key => JsonSerializer.Serialize(new { name = key.GetProperty("name"), value = key.GetProperty("value") })));
        Assert.All(keys, key => Assert.InRange(key.GetProperty("ttl").GetInt32(), 1, 60));
    }

    [Theory]
    [InlineData("with:colons:60s:")]
    [InlineData("*?[a]{b}\\")]
    [InlineData("with space and \"quotes'")]
    [InlineData("survey:60s:none")]
    public async Task Get_StrangeApiKeys_AreCountedApartAndShownAsSent(string apiKey)
    {
        await Emulator.GetAsync("/survey/1", apiKey);
        await Emulator.GetAsync("/survey/1", apiKey);
        await Emulator.GetAsync("/survey/1", "plain");

        Assert.Equal(
            new[] { $"survey:{apiKey}=18", "survey:plain=19" }.Order(StringComparer.Ordinal), await Emulator.KeysLeftAsync());
    }

    [Fact]
    public async Task Get_OthersKeysInTheSameRedis_AreNotShown()
    {
        using var redis = await Emulator.ConnectRedisAsync();
        await redis.GetDatabase().StringSetAsync("ODG_SURVEYS:state", "OPEN");
        await redis.GetDatabase().StringSetAsync("{external-api}:quota:something-else", "1");

        Assert.Empty(await Emulator.KeysLeftAsync());
    }

    [Fact]
    public async Task Delete_ForgetsAllUse_AndNothingElse()
    {
        using var redis = await Emulator.ConnectRedisAsync();
        await redis.GetDatabase().StringSetAsync("ODG_SURVEYS:state", "OPEN");
        await Emulator.GetTimesAsync(6, Emulator.Attachment);
        await Emulator.GetAsync("/survey", "another");

        var answer = await Emulator.Client.DeleteAsync("/keys");

        Assert.Equal("""{"status_code":200,"message":"4 keys deleted"}""", await answer.Content.ReadAsStringAsync());
        Assert.Empty(await Emulator.KeysLeftAsync());
        Assert.True((await Emulator.GetAsync(Emulator.Attachment)).IsSuccessStatusCode);
        Assert.Equal("OPEN", (string?)await redis.GetDatabase().StringGetAsync("ODG_SURVEYS:state"));
    }
}
