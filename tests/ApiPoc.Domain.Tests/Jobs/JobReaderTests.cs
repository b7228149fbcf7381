using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Domain.Tests.Jobs;

public sealed class JobReaderTests
{
    private const string Secret = "SECRET-VALUE";

    private readonly JobReader _reader = new(new ApisOptions
    {
        ["ODG_SURVEYS"] = new() { BaseAddress = new("http://127.0.0.1:5081/dev") },
        ["OTHER"] = new() { BaseAddress = new("https://api.example.com") },
    });

    [Fact]
    public void Read_WholeJob_KeepsEveryField()
    {
        var reading = Read("""
            {"job_id":"j-1","operation":"NEW_INTERVIEWS","api_id":"ODG_SURVEYS","resource":"survey/1/interview",
             "source_id":"task-master","api_url":"http://127.0.0.1:5081/anything","tenant":"gold"}
            """);

        Assert.Equal(
            new Job
            {
                JobId = "j-1",
                Operation = "NEW_INTERVIEWS",
                ApiId = "ODG_SURVEYS",
                Resource = "survey/1/interview",
                SourceId = "task-master",
                ApiUrl = "http://127.0.0.1:5081/anything",
                Tenant = "gold",
            },
            reading.Job);
        Assert.Null(reading.DeadLetter);
    }

    [Fact]
    public void Read_NoJobId_TakesTheMessagesId() => Assert.Equal("message-7", Read(JobJson()).Job?.JobId);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"job\"")]
    [InlineData("42")]
    [InlineData("not json")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("\ufeff{}")]
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS"}""")] // a field is missing
    [InlineData("""{"operation":"NEW_SURVEYS","resource":"survey"}""")]
    [InlineData("""{"api_id":"ODG_SURVEYS","resource":"survey"}""")]
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey","SECRET-VALUE":1}""")] // unknown
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey","version":2}""")] // from the future
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey","resource":"survey"}""")] // twice
    [InlineData("""{"Operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey"}""")] // case
    [InlineData("""{"operation":1,"api_id":"ODG_SURVEYS","resource":"survey"}""")] // wrong type
    [InlineData("""{"operation":null,"api_id":"ODG_SURVEYS","resource":"survey"}""")]
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":["ODG_SURVEYS"],"resource":"survey"}""")]
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey"} {}""")] // more than one
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey",}""")]
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey"/**/}""")]
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey","job_id":"a b"}""")]
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey","job_id":"a\r\nx: y"}""")]
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey","job_id":"\u00e9"}""")]
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"ODG_SURVEYS","resource":"survey","tenant":"a\nb"}""")]
    public void Read_NotAJob_IsBadMessage(string body) => AssertRefused(DeadLetterReason.BadMessage, body);

    [Fact]
    public void Read_DeeplyNested_IsBadMessage() =>
        AssertRefused(DeadLetterReason.BadMessage, new string('[', 100_000));

    [Fact]
    public void Read_MoreThanOneMebibyte_IsBadMessage() =>
        AssertRefused(DeadLetterReason.BadMessage, JobJson(resource: new string('a', JobReader.MaxBytes)));

    [Fact]
    public void Read_LongIdOrText_IsBadMessage()
    {
        AssertRefused(DeadLetterReason.BadMessage, JobJson(more: $",\"job_id\":\"{new string('a', 201)}\""));
        AssertRefused(DeadLetterReason.BadMessage, JobJson(more: $",\"source_id\":\"{new string('a', 1025)}\""));
    }

    [Theory]
    [InlineData("DELETE_SURVEYS")]
    [InlineData("new_surveys")]
    [InlineData("")]
    [InlineData(Secret)]
    public void Read_UnknownOperation_IsRefused(string operation) =>
        AssertRefused(DeadLetterReason.UnknownOperation, JobJson(operation: operation));

    [Theory]
    [InlineData("NOPE")]
    [InlineData("odg_surveys")]
    [InlineData("")]
    [InlineData(Secret)]
    public void Read_UnknownApi_IsRefused(string api) => AssertRefused(DeadLetterReason.UnknownApi, JobJson(api: api));

    [Theory]
    [InlineData("survey")]
    [InlineData("survey/1/interview/2/attachment/3")]
    [InlineData("v1.2/a-b_c~d/e:f@g,h=i+j")]
    [InlineData("...a")]
    public void Read_PlainResource_IsKept(string resource) => Assert.Equal(resource, Read(JobJson(resource: resource)).Job?.Resource);

    [Fact]
    public void Read_ResourceWithOneLeadingSlash_IsMadeRelative() => Assert.Equal("survey/1", Read(JobJson(resource: "/survey/1")).Job?.Resource);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//evil.example/survey")]
    [InlineData("///survey")]
    [InlineData("survey//1")]
    [InlineData("survey/")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../admin")]
    [InlineData("survey/../admin")]
    [InlineData("survey/./1")]
    [InlineData("survey/...")]
    [InlineData("survey/..;/admin")]
    [InlineData("survey/%2e%2e/admin")]
    [InlineData("survey/%252e%252e/admin")]
    [InlineData("survey%2fadmin")]
    [InlineData("survey/%00")]
    [InlineData("survey/%0d%0aHost:evil")]
    [InlineData(@"survey\\..\\admin")]
    [InlineData("survey?key=1")]
    [InlineData("survey#top")]
    [InlineData(@"survey\r\nX-Key: 1")]
    [InlineData(@"survey\u0000")]
    [InlineData("survey /1")]
    [InlineData("http://evil.example/")]
    [InlineData(@"survey/\u2025/admin")] // two dot leader
    [InlineData(@"survey/\uff0e\uff0e/admin")] // full-width dots
    [InlineData(@"sur\u200bvey")]
    [InlineData("@evil.example//")]
    public void Read_OtherResource_IsBadResource(string resource) => AssertRefused(DeadLetterReason.BadResource, JobJson(resource: resource));

    [Fact]
    public void Read_LongResource_IsBadResource() =>
        AssertRefused(DeadLetterReason.BadResource, JobJson(resource: new string('a', 1025)));

    [Theory]
    [InlineData("http://127.0.0.1:5081")]
    [InlineData("http://127.0.0.1:5081/")]
    [InlineData("HTTP://127.0.0.1:5081/other/path?query=1")]
    [InlineData("")]
    public void Read_ApiUrlOnTheConfiguredHost_IsAccepted(string url) => Assert.NotNull(Read(JobJson(more: $",\"api_url\":\"{url}\"")).Job);

    [Theory]
    [InlineData("https://api.example.com")]
    [InlineData("https://API.example.com:443/v1")]
    public void Read_ApiUrlWithOrWithoutTheDefaultPort_IsAccepted(string url) =>
        Assert.NotNull(Read(JobJson(api: "OTHER", more: $",\"api_url\":\"{url}\"")).Job);

    [Theory]
    [InlineData("http://evil.example/")]
    [InlineData("https://127.0.0.1:5081/")] // another scheme
    [InlineData("http://127.0.0.1/")] // another port
    [InlineData("http://127.0.0.1:5082/")]
    [InlineData("http://127.0.0.1:5081@evil.example/")]
    [InlineData("http://user:pass@127.0.0.1:5081/")]
    [InlineData("http://127.0.0.1:5081.evil.example/")]
    [InlineData("http://2130706433:5081/")] // decimal
    [InlineData("http://0x7f000001:5081/")] // hexadecimal
    [InlineData("http://0177.0.0.1:5081/")] // octal
    [InlineData("http://127.1:5081/")]
    [InlineData("http://[::ffff:127.0.0.1]:5081/")]
    [InlineData("http://localhost:5081/")]
    [InlineData("http://localhost.:5081/")]
    [InlineData("http://127.0.0.1.nip.io:5081/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http:127.0.0.1:5081/")]
    [InlineData("http:///127.0.0.1:5081/")]
    [InlineData(@"http:\\\\127.0.0.1:5081\\")]
    [InlineData(@"http://127.0.0.1:5081\\@evil.example/")]
    [InlineData("http://127.0.0.1:5081?@evil.example/")]
    [InlineData("http://127.0.0.1:5081#@evil.example/")]
    [InlineData("//127.0.0.1:5081/")]
    [InlineData("127.0.0.1:5081")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:5081/_x")]
    [InlineData("ftp://127.0.0.1:5081/")]
    [InlineData("javascript:alert(1)")]
    [InlineData(@"http://127.0.0.1:5081\r\n/")]
    [InlineData("not a url")]
    public void Read_ApiUrlElsewhere_IsNotAllowed(string url) =>
        AssertRefused(DeadLetterReason.UrlNotAllowed, JobJson(more: $",\"api_url\":\"{url}\""));

    [Fact]
    public void Read_HealthCheck_NeedsNoResource() =>
        Assert.Equal("", Read(JobJson(operation: JobOperation.HealthCheck, resource: "")).Job?.Resource);

    [Fact]
    public void ReadMessage_HealthCheck_IsRefused()
    {
        var message = new QueuedMessage("m", "r", JobJson(operation: JobOperation.HealthCheck), 1, null, null);

        Assert.Equal(DeadLetterReason.UnknownOperation, _reader.ReadMessage(message).DeadLetter?.Reason);
    }

    private void AssertRefused(string reason, string body)
    {
        var reading = Read(body);

        Assert.Null(reading.Job);
        Assert.Equal((reason, 0, null), (reading.DeadLetter?.Reason, reading.DeadLetter?.Attempts, reading.DeadLetter?.LastStatus));
        Assert.DoesNotContain(Secret, reading.DeadLetter!.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(reading.DeadLetter.Detail, char.IsControl);
    }

    private JobReading Read(string body) => _reader.Read(body, "message-7");

    private static string JobJson(
        string operation = JobOperation.NewSurveys, string api = "ODG_SURVEYS", string resource = "survey/1", string more = "") =>
        $$"""{"operation":"{{operation}}","api_id":"{{api}}","resource":"{{resource}}"{{more}}}""";
}
