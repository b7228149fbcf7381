using System.Net;
using System.Text.Json;

namespace ApiPoc.ExternalApi.Tests.Surveys;

public sealed class SurveyEndpointsTests(Emulator emulator) : EmulatorTest(emulator)
{
    [Fact]
    public async Task Get_AttachmentSixTimes_FiveAreServedAndTheSixthNamesItsLevel()
    {
        for (int i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await Emulator.GetAsync(Emulator.Attachment)).StatusCode);

        var sixth = await Emulator.GetAsync(Emulator.Attachment);

        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        Assert.Equal(
            """{"data":{},"quota":5,"status_code":429,"quota_exceeded":true,"message":["survey:interview:attachment quota exceeded for 60s window at /survey/1/interview/1/attachment/1"]}""",
            await sixth.Content.ReadAsStringAsync());
        Assert.Equal(["survey:interview:attachment:none=0", "survey:interview:none=5", "survey:none=15"], await Emulator.KeysLeftAsync());
    }

    [Fact]
    public async Task Get_ParentIsExhausted_NamesTheParentAndChargesNoLevel()
    {
        await Emulator.GetTimesAsync(20, "/survey/1");

        var refused = await Emulator.GetAsync("/survey/1/interview/1");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("\"survey quota exceeded for 60s window at /survey/1/interview/1\"", await refused.Content.ReadAsStringAsync());
        Assert.Equal(["survey:none=0"], await Emulator.KeysLeftAsync());
    }

    [Theory]
    [InlineData("/survey", 20)]
    [InlineData("/survey/7", 20)]
    [InlineData("/survey/7/interview", 10)]
    [InlineData("/survey/7/interview/2", 10)]
    [InlineData("/survey/7/interview/2/attachment", 5)]
    [InlineData("/survey/7/interview/2/attachment/3", 5)]
    public async Task Get_EachPath_AnswersInTheOriginalsShape(string path, int quota)
    {
        var body = await ReadAsync(path);

        Assert.Equal(["data", "quota", "status_code", "message"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(quota, body.GetProperty("quota").GetInt32());
        Assert.Equal(200, body.GetProperty("status_code").GetInt32());
        Assert.Equal($"""["Hello, ApiPoc!  You have hit {path}\n"]""", body.GetProperty("message").GetRawText());
    }

    [Fact]
    public async Task Get_OneResource_IsTheSameAtEveryCallAndInItsCollection()
    {
        string once = (await ReadAsync("/survey/3/interview/1")).GetProperty("data").GetRawText();
        string again = (await ReadAsync("/survey/3/interview/1")).GetProperty("data").GetRawText();
        string listed = (await ReadAsync("/survey/3/interview")).GetProperty("data").GetProperty("items")[0].GetRawText();

        Assert.Equal(once, again);
        Assert.Equal(once, listed);
    }

    [Fact]
    public async Task Get_FollowingNext_SeesEverySurveyOnce()
    {
        List<string> ids = [];
        for (string? path = "/survey?page_size=10"; path is not null;)
        {
            var page = (await ReadAsync(path)).GetProperty("data");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            Assert.Equal(25, page.GetProperty("total").GetInt32());
            path = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(id => $"{id}"), ids);
    }

    private async Task<JsonElement> ReadAsync(string path)
    {
        var answer = await Emulator.GetAsync(path);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }
}
