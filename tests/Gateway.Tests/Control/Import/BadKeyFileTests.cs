using System.Text;

namespace ApiPoc.Gateway.Tests.Control.Import;

/// <summary>Every bad input of a key file: the whole file is refused with the place and the reason, and nothing is registered.</summary>
public sealed class BadKeyFileTests(ImportFixture fixture) : IClassFixture<ImportFixture>
{
    private const string Header = "Name,Key,Description,Enabled,UsagePlanIds\r\n";
    private const string Key = "abcdefghijklmnopqrstuvwxyz0123456789";

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\n")]
    public Task EmptyFile(string file) => ShouldBeRefusedAsync(file, "line 1, column 1: the file is empty");

    [Fact]
    public Task HeaderOnly() => ShouldBeRefusedAsync(Header, "line 2, column 1: there is no key below the columns' names");

    [Fact]
    public Task WrongColumn() => ShouldBeRefusedAsync($"Name,Key,Enable\r\nn,{Key},true\r\n", "line 1, column 3: an unknown column; it is ignored");

    [Theory]
    [InlineData("Name,Description\r\nn,d\r\n", "line 1, column 2: there is no column Key")]
    [InlineData("Key\r\nk\r\n", "line 1, column 1: there is no column Name")]
    public Task MissingColumn(string file, string message) => ShouldBeRefusedAsync(file, message);

    [Fact]
    public Task DuplicateColumn() => ShouldBeRefusedAsync($"Name,Key,name\r\nn,{Key},m\r\n", "line 1, column 3: the column name stands twice");

    [Fact]
    public Task Bom() => ShouldBeRefusedAsync($"\uFEFF{Header}n,{Key},,,\r\n", "line 1, column 1: a byte order mark; it is ignored");

    [Fact]
    public Task Utf16_WithBom() => ShouldBeRefusedAsync(
        [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes($"{Header}n,{Key},,,\r\n")],
        "line 1, column 1: a NUL character: is this UTF-16? Save the file as UTF-8");

    [Fact]
    public Task Utf16_WithoutBom() => ShouldBeRefusedAsync(
        Encoding.BigEndianUnicode.GetBytes($"{Header}n,{Key},,,\r\n"), "line 1, column 1: a NUL character: is this UTF-16? Save the file as UTF-8");

    [Fact]
    public Task NotUtf8() => ShouldBeRefusedAsync(
        [.. Encoding.ASCII.GetBytes(Header), 0xE4, .. Encoding.ASCII.GetBytes($",{Key},,,\r\n")], "line 2, column 1: not UTF-8 text: save the file as UTF-8");

    [Fact]
    public Task Nul() => ShouldBeRefusedAsync($"{Header}n,{Key},a\0b,,\r\n", "line 2, column 3: a NUL character: is this UTF-16? Save the file as UTF-8");

    [Fact]
    public Task UnclosedQuote() => ShouldBeRefusedAsync($"{Header}n,{Key},\"text,,\r\nm,{Key},,,\r\n", "line 2, column 3: a quote that is not closed");

    [Fact]
    public Task QuoteWithinText() => ShouldBeRefusedAsync($"{Header}n,{Key},te\"xt,,\r\n", "line 2, column 3: a quote within text that is not quoted");

    [Fact]
    public Task TenMegabyteLine() => ShouldBeRefusedAsync(
        $"{Header}n,{Key},{new string('x', 10 * 1024 * 1024)},,\r\n", "line 2, column 1: more than 16384 characters in one row: is a quote not closed?");

    [Fact]
    public Task MixedLineEnds() => ShouldBeRefusedAsync($"{Header}n,{Key},,,\r\nm,{Key}2,,,\no,{Key}3,,,\r\n", "line 3, column 5: the line ends in LF, others before in CRLF");

    [Theory]
    [InlineData("n", "line 2, column 2: 1 cells in a file of 5 columns")]
    [InlineData($"n,{Key},,,,,", "line 2, column 6: 7 cells in a file of 5 columns")]
    public Task WrongNumberOfCells(string row, string message) => ShouldBeRefusedAsync($"{Header}{row}\r\n", message);

    [Fact]
    public Task KeyShorterThan20() => ShouldBeRefusedAsync($"{Header}n,secret-secret-12345,,,\r\n", "line 2, column 2: the key secr… has 19 characters; 20 to 128 are allowed");

    [Fact]
    public Task KeyLongerThan128() =>
        ShouldBeRefusedAsync($"{Header}n,{new string('k', 129)},,,\r\n", "line 2, column 2: the key kkkk… has 129 characters; 20 to 128 are allowed");

    [Fact]
    public Task KeyShorterThan30() => ShouldBeRefusedAsync(
        $"{Header}n,{Key[..29]},,,\r\n", "line 2, column 2: the key abcd… has 29 characters; Amazon API Gateway's import asks for 30");

    [Theory]
    [InlineData("abcdefghij klmnopqrstuvwxyz0123")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123\u00e4")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123\t4")]
    public Task KeyWithBadCharacters(string key) => ShouldBeRefusedAsync($"{Header}n,{key},,,\r\n", "line 2, column 2: the key abcd… has characters other than visible ASCII");

    [Fact]
    public Task KeyEmpty() => ShouldBeRefusedAsync($"{Header}n,,,,\r\n", "line 2, column 2: the key is empty");

    [Fact]
    public Task DuplicateKeyInTheFile() => ShouldBeRefusedAsync(
        $"{Header}n,{Key},,,\r\nm,{Key},,,\r\n", "line 3, column 2: the same key as in line 2, which this one replaces");

    [Fact]
    public Task DuplicateKeyInTheStore() => ShouldBeRefusedAsync(
        $"{Header}n,{ImportFixture.RegisteredKey},,,\r\n", "line 2, column 2: the key regi… is registered as registered, which this row overwrites");

    [Fact]
    public Task NameLongerThan1024() => ShouldBeRefusedAsync($"{Header}{new string('n', 1025)},{Key},,,\r\n", "line 2, column 1: the name has 1025 characters; 1024 are allowed");

    [Fact]
    public Task NameEmpty() => ShouldBeRefusedAsync($"{Header},{Key},,,\r\n", "line 2, column 1: the name is empty");

    [Fact]
    public Task UnknownUsagePlan() => ShouldBeRefusedAsync($"{Header}n,{Key},,,\"first,nowhere\"\r\n", "line 2, column 5: there is no usage plan nowhere");

    [Fact]
    public Task TwoPlansOfOneStage() => ShouldBeRefusedAsync(
        $"{Header}n,{Key},,,\"second,rival\"\r\n", "line 2, column 5: the key would be in two usage plans of api/b; one is allowed per stage");

    [Fact]
    public Task EnabledNeitherTrueNorFalse() => ShouldBeRefusedAsync($"{Header}n,{Key},,yes,\r\n", "line 2, column 4: true or false expected");

    [Fact]
    public Task EverythingAtOnce_IsToldAtOnce_InTheOrderOfTheLines() => ShouldBeRefusedAsync(
        $"{Header}n,{Key},,,nowhere\r\n,short,,maybe,\r\nm,\r\n",
        "line 2, column 5: there is no usage plan nowhere",
        "line 3, column 1: the name is empty",
        "line 3, column 2: the key s… has 5 characters; 20 to 128 are allowed",
        "line 3, column 4: true or false expected",
        "line 4, column 3: 2 cells in a file of 5 columns");

    [Fact]
    public async Task MillionRows_TheFirst100_AndHowManyMore()
    {
        int before = fixture.KeyCount;
        var reply = await fixture.ImportAsync("Name,Key\n" + string.Concat(Enumerable.Repeat("n,k\n", 1_000_000)), failOnWarnings: false);
        Assert.Equal(201, reply.Status);
        string[] warnings = [.. reply.Json["warnings"]!.AsArray().Select(warning => (string)warning!)];
        Assert.Equal(
            [.. Enumerable.Range(2, 100).Select(line => $"line {line}, column 2: the key … has 1 characters; 20 to 128 are allowed"), "and 999900 more"], warnings);
        Assert.Equal(before, fixture.KeyCount);
    }

    [Theory]
    [InlineData("apikeys?mode=import")]
    [InlineData("apikeys?mode=import&format=xml")]
    public async Task FormatOtherThanCsv(string path)
    {
        var reply = await fixture.Gateway.ControlAsync("POST", path, $"{Header}n,{Key},,,\r\n");
        Assert.Equal((400, "Invalid format parameter: expected csv"), (reply.Status, (string?)reply.Json["message"]));
    }

    private Task ShouldBeRefusedAsync(string file, params string[] messages) => ShouldBeRefusedAsync(Encoding.UTF8.GetBytes(file), messages);

    private async Task ShouldBeRefusedAsync(byte[] file, params string[] messages)
    {
        int before = fixture.KeyCount;
        var reply = await fixture.ImportAsync(new ByteArrayContent(file), failOnWarnings: true);
        Assert.Equal((400, "BadRequestException"), (reply.Status, reply["x-amzn-ErrorType"]));
        Assert.Equal(messages, ((string)reply.Json["message"]!).Split('\n'));
        Assert.Equal(before, fixture.KeyCount);
    }
}
