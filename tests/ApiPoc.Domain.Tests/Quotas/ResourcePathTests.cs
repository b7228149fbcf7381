using ApiPoc.Domain.Quotas;

namespace ApiPoc.Domain.Tests.Quotas;

public sealed class ResourcePathTests
{
    [Theory]
    [InlineData("/survey", true, "", "survey")]
    [InlineData("/survey/1", false, "1", "survey")]
    [InlineData("/survey/1/interview", true, "1", "survey:interview survey")]
    [InlineData("/survey/1/interview/22", false, "1 22", "survey:interview survey")]
    [InlineData("/survey/a-B_9/interview/22/attachment", true, "a-B_9 22", "survey:interview:attachment survey:interview survey")]
    [InlineData("/survey/1/interview/2/attachment/3", false, "1 2 3", "survey:interview:attachment survey:interview survey")]
    public void Parse_ValidPath_GivesItsLevels(string text, bool isCollection, string ids, string levels)
    {
        var path = ResourcePath.Parse(text)!;

        Assert.Equal((text, isCollection, ids, levels), (path.Value, path.IsCollection, string.Join(' ', path.Ids), string.Join(' ', path.Levels)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("survey")]
    [InlineData("/surveys")]
    [InlineData("/Survey/1")]
    [InlineData("/survey/")]
    [InlineData("/survey/1/")]
    [InlineData("//survey/1")]
    [InlineData("/survey//interview")]
    [InlineData("/survey/../survey/1")]
    [InlineData("/survey/..")]
    [InlineData("/survey/%31")]
    [InlineData("/survey/%2e%2e")]
    [InlineData("/survey/1%00")]
    [InlineData("/survey/1\\2")]
    [InlineData("/survey/1 2")]
    [InlineData("/survey/é")]
    [InlineData("/survey/1?x=y")]
    [InlineData("/interview/1")]
    [InlineData("/survey/1/attachment/1")]
    [InlineData("/survey/interview/1")]
    [InlineData("/survey/1/interview/1/attachment/1/page")]
    public void Parse_AnythingElse_IsNone(string text) => Assert.Null(ResourcePath.Parse(text));

    [Fact]
    public void Parse_VeryLong_IsNone()
    {
        Assert.Null(ResourcePath.Parse("/survey/" + new string('1', 65)));
        Assert.Null(ResourcePath.Parse("/survey" + string.Concat(Enumerable.Repeat("/1", 10_000))));
    }

    [Fact]
    public void Parse_Example_IsValid() => Assert.NotNull(ResourcePath.Parse(ResourcePath.Example));
}
