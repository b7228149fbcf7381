using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.Control.Import;

public sealed class KeyImportTests(ImportFixture fixture) : IClassFixture<ImportFixture>
{
    [Fact]
    public async Task Import_AnyOrderAndCase_IsRegistered()
    {
        const string key = "import-any-order-00000000000001";
        var reply = await fixture.ImportAsync($"enabled,KEY,name,USAGEPLANIDS,description\nFALSE,{key},\"Name, quoted\",\"first,second\",\"two\nlines\"\n", failOnWarnings: true);

        string id = Assert.Single(Imported(reply));
        var shown = (await fixture.Gateway.ControlAsync("GET", $"apikeys/{id}?includeValue=true")).Json;
        Assert.Equal(("Name, quoted", key, "two\nlines", false), ((string?)shown["name"], (string?)shown["value"], (string?)shown["description"], (bool)shown["enabled"]!));
    }

    [Theory]
    [InlineData("first")]
    [InlineData("\"first\"")]
    [InlineData("'first'")]
    [InlineData("\"first, second\"")]
    [InlineData("'first,second'")]
    public async Task Import_PlansInEitherQuotes_OpenTheirStage(string plans)
    {
        string key = $"import-plans-{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(plans))}".PadRight(32, '0');
        Assert.Single(Imported(await fixture.ImportAsync($"Name,Key,UsagePlanIds,Enabled\r\nn,{key},{plans},true\r\n", failOnWarnings: true)));
        Assert.Equal(200, (await fixture.Gateway.GetAsync("api/a/r", key)).Status);
        Assert.Equal(plans.Contains("second", StringComparison.Ordinal) ? 200 : 403, (await fixture.Gateway.GetAsync("api/b/r", key)).Status);
    }

    [Fact]
    public async Task Import_OptionalColumnsAbsent_EnabledInNoPlan()
    {
        var reply = await fixture.ImportAsync("Key,name\nimport-defaults-000000000000001,MyFirstApiKey\n", failOnWarnings: true);
        var shown = (await fixture.Gateway.ControlAsync("GET", $"apikeys/{Assert.Single(Imported(reply))}")).Json;
        Assert.Equal(("MyFirstApiKey", true, null), ((string?)shown["name"], (bool)shown["enabled"]!, (string?)shown["description"]));
    }

    [Fact]
    public async Task Import_WarningsNotFatal_GoodRowsAreRegistered()
    {
        var reply = await fixture.ImportAsync("Name,Key\ngood,import-good-row-000000000000001\nbad,short\nalso good,import-good-row-000000000000002\n", failOnWarnings: false);
        Assert.Equal(2, Imported(reply, "line 3, column 2: the key s… has 5 characters; 20 to 128 are allowed").Count);
    }

    [Fact]
    public async Task Import_FailOnWarnings_NoRowIsRegistered()
    {
        int before = fixture.KeyCount;
        var reply = await fixture.ImportAsync("Name,Key\ngood,import-rolled-back-00000000000001\nbad,short\n", failOnWarnings: true);
        Assert.Equal((400, before), (reply.Status, fixture.KeyCount));
    }

    [Fact]
    public async Task Import_Again_OverwritesAndKeepsPlans()
    {
        const string key = "import-again-000000000000000001";
        string id = Assert.Single(Imported(await fixture.ImportAsync($"Name,Key,UsagePlanIds\nbefore,{key},first\n", failOnWarnings: true)));
        var again = await fixture.ImportAsync($"Name,Key,Enabled,UsagePlanIds\nafter,{key},true,second\n", failOnWarnings: false);

        Assert.Equal([id], Imported(again, $"line 2, column 2: the key impo… is registered as {id}, which this row overwrites"));
        Assert.Equal("after", (string?)(await fixture.Gateway.ControlAsync("GET", $"apikeys/{id}")).Json["name"]);
        Assert.Equal(200, (await fixture.Gateway.GetAsync("api/a/r", key)).Status);
        Assert.Equal(200, (await fixture.Gateway.GetAsync("api/b/r", key)).Status);
    }

    [Fact]
    public async Task Import_SameKeyTwice_TheLastCounts()
    {
        const string key = "import-twice-000000000000000001";
        var reply = await fixture.ImportAsync($"Name,Key\nfirst,{key}\nlast,{key}\n", failOnWarnings: false);
        string id = Assert.Single(Imported(reply, "line 3, column 2: the same key as in line 2, which this one replaces"));
        Assert.Equal("last", (string?)(await fixture.Gateway.ControlAsync("GET", $"apikeys/{id}")).Json["name"]);
    }

    [Fact]
    public async Task Import_WithByteOrderMarkAndMixedLineEnds_IsRegisteredWithWarnings() => Assert.Equal(2, Imported(
        await fixture.ImportAsync("\uFEFFName,Key\r\nn,import-mixed-ends-0000000000001\nm,import-mixed-ends-0000000000002\r\n", failOnWarnings: false),
        "line 1, column 1: a byte order mark; it is ignored",
        "line 3, column 2: the line ends in CRLF, others before in LF").Count);

    [Fact]
    public async Task Import_MoreKeysThanAnAccountMayHave_LimitExceeded_NoneIsRegistered()
    {
        int before = fixture.KeyCount;
        var rows = Enumerable.Range(0, 10_001).Select(row => $"n,import-too-many-{row:d16}\n");
        var reply = await fixture.ImportAsync("Name,Key\n" + string.Concat(rows), failOnWarnings: false);
        Assert.Equal((429, "LimitExceededException", before), (reply.Status, reply["x-amzn-ErrorType"], fixture.KeyCount));
    }

    private static List<string> Imported(Reply reply, params string[] warnings)
    {
        Assert.True(reply.Status == 201, reply.Body);
        Assert.Equal(warnings, reply.Json["warnings"]!.AsArray().Select(warning => (string?)warning));
        return [.. reply.Json["ids"]!.AsArray().Select(id => id!.GetValue<string>())];
    }
}
