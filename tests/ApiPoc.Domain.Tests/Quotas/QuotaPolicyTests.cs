using ApiPoc.Domain.Quotas;

namespace ApiPoc.Domain.Tests.Quotas;

public sealed class QuotaPolicyTests
{
    [Theory]
    [InlineData("/survey/1", "survey 20/60s")]
    [InlineData("/survey/1/interview", "survey:interview 10/60s, survey 20/60s")]
    [InlineData("/survey/1/interview/1/attachment/1", "survey:interview:attachment 5/60s, survey:interview 10/60s, survey 20/60s")]
    public void Original_ChargesTheLevelAndEachParent(string path, string limits) =>
        Assert.Equal(limits, Describe(QuotaPolicy.Original.LimitsFor(ResourcePath.Parse(path)!, "k")));

    [Theory]
    [InlineData("/survey")]
    [InlineData("/survey/1/interview/1/attachment/1")]
    public void Windows_ChargesItsFourWindowsWhateverThePath(string path) =>
        Assert.Equal(
            "api:1s 2/1s, api:60s 120/60s, api:3600s 7200/3600s, api:86400s 172800/86400s",
            Describe(QuotaPolicy.Windows.LimitsFor(ResourcePath.Parse(path)!, "k")));

    [Fact]
    public void Fast_ChargesOneSecond() =>
        Assert.Equal("api 100/1s", Describe(QuotaPolicy.Fast.LimitsFor(ResourcePath.Parse("/survey/7")!, "k")));

    [Theory]
    [InlineData("original", 3)]
    [InlineData("windows", 4)]
    [InlineData("fast", 1)]
    public void LimitsFor_TwoKeys_ShareNothing(string name, int limits)
    {
        var policy = QuotaPolicy.Named.Single(policy => policy.Name == name);

        var keys = policy.LimitsFor("a").Concat(policy.LimitsFor("b")).Select(limit => limit.Limit.Key);

        Assert.Equal(2 * limits, keys.Distinct().Count());
    }

    private static string Describe(IEnumerable<QuotaLimit> limits) =>
        string.Join(", ", limits.Select(limit => $"{limit.Limit.Name} {limit.Limit.Count}/{limit.Window.Label}"));
}
