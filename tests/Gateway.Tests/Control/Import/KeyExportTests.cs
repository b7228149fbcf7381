using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Control.Import;

public sealed class KeyExportTests : IAsyncLifetime
{
    private const string Definition = """
        {
          "restApis": { "api": { "resources": { "/r": { "GET": { "integration": { "mock": {} } } } }, "stages": { "a": {}, "b": {} } } },
          "usagePlans": { "first": { "apiStages": [{ "apiId": "api", "stage": "a" }] }, "second": { "apiStages": [{ "apiId": "api", "stage": "b" }] } }
        }
        """;

    private readonly ImportFixture _source = new();

    public Task InitializeAsync() => _source.InitializeAsync();

    public Task DisposeAsync() => _source.DisposeAsync();

    [Fact]
    public async Task Export_FormulaCells_AreQuoted_AndComeBackAsTheyWere()
    {
        string[] names = ["=1+1", "+1", "-1", "@cmd", "\ttab", "\rreturn", "'=quoted", "''", "'plain", "a=b", "comma, and \"quotes\"", "two\r\nlines"];
        string rows = string.Concat(names.Select((name, row) =>
            $"\"{(name[0] == '\'' && name.Length > 2 && name[1] == '=' ? "'" : "")}{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\",=export-formula-key-{row:d14},,{(row % 2 == 0 ? "true" : "false")},\r\n"));
        Assert.Equal(201, (await _source.ImportAsync($"Name,Key,Description,Enabled,UsagePlanIds\r\n{rows}", failOnWarnings: true)).Status);

        var file = await ExportAsync(_source.Gateway);
        Assert.Equal("text/csv; charset=utf-8", file["Content-Type"]);
        Assert.StartsWith("Name,Key,Description,Enabled,UsagePlanIds\r\n", file.Body, StringComparison.Ordinal);
        foreach (string escaped in (string[])["'=1+1,'=export-formula-key-00000000000000,,true,", "'+1,", "'-1,", "'@cmd,", "'\ttab,", "\"'\rreturn\",", "''=quoted,"])
            Assert.Contains(escaped, file.Body, StringComparison.Ordinal);

        await using var redis = await RedisServer.StartAsync();
        await using var target = await GatewayHost.StartAsync(redis, Definition);
        var reply = await target.ControlAsync("POST", "apikeys?mode=import&format=csv&failonwarnings=true", file.Body);
        Assert.True(reply.Status == 201, reply.Body);
        Assert.Equal(Sorted(file.Body), Sorted((await ExportAsync(target)).Body));
    }

    private static Task<Reply> ExportAsync(GatewayHost gateway) => gateway.ControlAsync("GET", "_apipoc/apikeys.csv");

    // Ids are made anew, and rows stand in their order.
    private static string[] Sorted(string file) => [.. file.Split("\r\n").Order(StringComparer.Ordinal)];
}
