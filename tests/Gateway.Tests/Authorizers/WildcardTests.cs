using ApiPoc.Gateway.Authorizers;

namespace ApiPoc.Gateway.Tests.Authorizers;

public sealed class WildcardTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "abbb", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*/GET/*", "api/s/GET/a/b", true)]
    [InlineData("*/GET/*", "api/s/POST/a/b", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("", "a", false)]
    [InlineData("A", "a", false)]
    public void IsMatch_MatchesTheWholeText(string pattern, string text, bool expected) => Assert.Equal(expected, Wildcard.IsMatch(pattern, text));

    [Fact]
    public void IsMatch_ManyStars_IsNotExponential() =>
        Assert.False(Wildcard.IsMatch(string.Concat(Enumerable.Repeat("a*", 50)) + "b", new string('a', 5_000)));

    [Theory]
    [InlineData("Allow", "Deny", (int)PolicyVerdict.Denied)]
    [InlineData("Deny", "Allow", (int)PolicyVerdict.Denied)]
    [InlineData("Allow", "Allow", (int)PolicyVerdict.Allowed)]
    public void Judge_AnExplicitDenyWins(string first, string second, int expected)
    {
        var policy = new PolicyDocument([.. new[] { first, second }.Select(effect => new PolicyStatement(effect == "Allow", ["execute-api:*"], ["*"]))]);
        Assert.Equal(expected, (int)policy.Judge("arn:aws:execute-api:r:a:api/s/GET/x"));
    }
}
