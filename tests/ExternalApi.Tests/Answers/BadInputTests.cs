using System.Net;

namespace ApiPoc.ExternalApi.Tests.Answers;

/// <summary>Whatever is sent, the answer is clear, and nothing is charged for it.</summary>
public sealed class BadInputTests(Emulator emulator) : EmulatorTest(emulator)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/foo")]
    [InlineData("/surveys")]
    [InlineData("/Survey/1")]
    [InlineData("/survey/")]
    [InlineData("/survey/1/")]
    [InlineData("//survey/1")]
    [InlineData("/survey//interview")]
    [InlineData("/survey/./1")]
    [InlineData("/survey/../survey/1")]
    [InlineData("/survey/%2e%2e/survey/1")]
    [InlineData("/survey/%252e")]
    [InlineData("/survey/%31")]
    [InlineData("/survey/1%2f2")]
    [InlineData("/survey/1\\2")]
    [InlineData("/survey/a+b")]
    [InlineData("/survey/1/attachment/1")]
    [InlineData("/survey/1/interview/1/attachment/1/page")]
    [InlineData("/keys/survey")]
    [InlineData("/admin")]
    [InlineData("/stats")]
    public async Task Get_NoResourcePath_Answers400AndShowsAValidOne(string path)
    {
        var answer = await Emulator.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        string shown = path.Replace("\\", @"\\");
        Assert.Equal(
            $$"""{"status_code":400,"message":"'{{shown}}' is not a valid resource path.  Try /survey/1/interview/1/attachment/1"}""",
            await answer.Content.ReadAsStringAsync());
        Assert.Empty(await Emulator.KeysLeftAsync());
    }

    [Theory]
    [InlineData("/survey/%00")]
    [InlineData("/survey/%zz")]
    public async Task Get_PathNoServerAccepts_Answers400(string path)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await Emulator.GetAsync(path)).StatusCode);
        Assert.Empty(await Emulator.KeysLeftAsync());
    }

    [Fact]
    public async Task Get_TenThousandSegments_Answers400OrUriTooLong()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await Emulator.GetAsync(string.Concat(Enumerable.Repeat("/1", 2_000)))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestUriTooLong, (await Emulator.GetAsync(string.Concat(Enumerable.Repeat("/1", 10_000)))).StatusCode);
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("page=-1")]
    [InlineData("page=1.5")]
    [InlineData("page=x")]
    [InlineData("page=")]
    [InlineData("page=1&page=2")]
    [InlineData("page=99999999999999999999")]
    [InlineData("page_size=0")]
    [InlineData("page_size=101")]
    [InlineData("page_size=%31%00")]
    public async Task Get_BadPaging_Answers400(string query)
    {
        var answer = await Emulator.GetAsync($"/survey?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Matches("""^\{"status_code":400,"message":"'page(_size)?' must be one whole number from 1 to \d+."\}$""", await answer.Content.ReadAsStringAsync());
        Assert.Empty(await Emulator.KeysLeftAsync());
    }

    [Fact]
    public async Task Get_ApiKeyTooLong_Answers400()
    {
        var answer = await Emulator.GetAsync("/survey", new string('k', 129));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("""{"status_code":400,"message":"x-api-key must have at most 128 characters."}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_TwoApiKeys_Answers400()
    {
        using RawHttp raw = await RawHttp.ConnectAsync(Emulator.Client.BaseAddress!);

        string answer = await raw.SendAsync("GET /survey HTTP/1.1\r\nHost: localhost\r\nx-api-key: one\r\nx-api-key: two\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Contains("""{"status_code":400,"message":"More than one x-api-key header."}""", answer);
    }

    [Theory]
    [InlineData("POST", "/survey", "GET")]
    [InlineData("PUT", "/survey/1", "GET")]
    [InlineData("DELETE", "/survey/1", "GET")]
    [InlineData("PATCH", "/no/such/path", "GET")]
    [InlineData("OPTIONS", "/health", "GET")]
    [InlineData("POST", "/keys", "GET, DELETE")]
    [InlineData("DELETE", "/stats/invoke", "GET")]
    [InlineData("FROB", "/survey", "GET")]
    public async Task AnotherVerb_Answers405WithAllow(string method, string path, string allow)
    {
        var answer = await Emulator.GetAsync(path, method: method);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allow, string.Join(", ", answer.Content.Headers.Allow));
        Assert.Equal(
            $$"""{"status_code":405,"message":"HTTP method '{{method}}' is not a supported method.  Try GET"}""",
            await answer.Content.ReadAsStringAsync());
        Assert.Empty(await Emulator.KeysLeftAsync());
    }

    [Fact]
    public async Task Head_Answers405() =>
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await Emulator.GetAsync("/survey", method: "HEAD")).StatusCode);
}
