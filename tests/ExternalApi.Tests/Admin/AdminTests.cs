using System.Net;
using System.Text;
using System.Text.Json;

namespace ApiPoc.ExternalApi.Tests.Admin;

public sealed class AdminTests(Emulator emulator) : EmulatorTest(emulator)
{
    [Fact]
    public async Task Put_SomeMembers_TheOthersAreAsConfigured()
    {
        await PutAsync("quotas", """{"policy":"fast"}""");

        var answer = await PutAsync("quotas", """{"header_mode":"legacy"}""");

        Assert.Equal(("original", "legacy"), await PolicyAndModeAsync(answer));
        Assert.Equal(("original", "legacy"), await PolicyAndModeAsync(await Emulator.Client.GetAsync("/admin/quotas")));
        Assert.Equal(("original", "ratelimit"), await PolicyAndModeAsync(await Emulator.Client.DeleteAsync("/admin/quotas")));
    }

    [Theory]
    [InlineData("quotas", "")]
    [InlineData("quotas", "fast")]
    [InlineData("quotas", "[]")]
    [InlineData("quotas", "null")]
    [InlineData("quotas", """{"policy":"fast","policy":"slow"}""")]
    [InlineData("quotas", """{"policy":"unknown"}""")]
    [InlineData("quotas", """{"policy":null}""")]
    [InlineData("quotas", """{"policy":1}""")]
    [InlineData("quotas", """{"Policy":"fast"}""")]
    [InlineData("quotas", """{"header_mode":"some"}""")]
    [InlineData("quotas", """{"policies":{"p":{"api":[{"count":-1,"period":"00:00:01"}]}}}""")]
    [InlineData("quotas", """{"policies":{"p":null}}""")]
    [InlineData("quotas", """{"policies":{"p":{"api":[null]}}}""")]
    [InlineData("quotas", """{"keys":{"k":null}}""")]
    [InlineData("faults", """{"error_rate":1.1}""")]
    [InlineData("faults", """{"error_rate":"NaN"}""")]
    [InlineData("faults", """{"latency":"-00:00:01"}""")]
    [InlineData("faults", """{"latency":5}""")]
    [InlineData("faults", """{"nope":1}""")]
    [InlineData("faults", """{"other_client":{"path":"nowhere","calls":1}}""")]
    [InlineData("faults", """{"other_client":null}""")]
    [InlineData("faults", """{"other_client":{"api_key":null}}""")]
    public async Task Put_BadBody_Answers400AndChangesNothing(string what, string body)
    {
        string before = await Emulator.Client.GetStringAsync($"/admin/{what}");

        var answer = await PutAsync(what, body);

        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        string text = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith("""{"status_code":400,"message":""", text);
        Assert.DoesNotContain("ApiPoc", text, StringComparison.Ordinal);
        Assert.Equal(before, await Emulator.Client.GetStringAsync($"/admin/{what}"));
    }

    [Fact]
    public async Task Production_HasNoSwitches()
    {
        Emulator production = new() { Environment = "Production" };
        await production.InitializeAsync();
        try
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await production.GetAsync("/admin/faults")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await production.GetAsync("/health")).StatusCode);
        }
        finally
        {
            await ((IAsyncLifetime)production).DisposeAsync();
        }
    }

    private Task<HttpResponseMessage> PutAsync(string what, string body) =>
        Emulator.Client.PutAsync($"/admin/{what}", new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<(string? Policy, string? HeaderMode)> PolicyAndModeAsync(HttpResponseMessage answer)
    {
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return (body.GetProperty("policy").GetString(), body.GetProperty("header_mode").GetString());
    }
}
