using ApiPoc.Domain.Quotas;

namespace ApiPoc.Domain.Tests.Quotas;

public sealed class ResourcePatternTests
{
    [Theory]
    [InlineData("**", "survey/1", true)]
    [InlineData("survey/**", "survey", true)]
    [InlineData("survey/**", "surveys/1", false)]
    [InlineData("survey/*/interview/**", "/survey/1/interview?page=2", true)]
    [InlineData("survey/*/interview/**", "survey/1", false)]
    [InlineData("items/*", "items/1/part", false)]
    public void Matches_Resource_BySegments(string pattern, string resource, bool matches) =>
        Assert.Equal(matches, new ResourcePattern(pattern).Matches(resource));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("**/part")]
    [InlineData("survey/**/part/**")]
    public void Text_ThatIsNoPattern_IsRefused(string text)
    {
        Assert.False(ResourcePattern.IsPattern(text));
        Assert.Throws<FormatException>(() => new ResourcePattern(text));
    }
}
