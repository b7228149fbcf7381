using ApiPoc.Domain.Apis;

namespace ApiPoc.Domain.Tests.Apis;

public sealed class ApisRulesTests
{
    [Theory]
    [InlineData("acme", true)]
    [InlineData("Kunde Nr. 7", true)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("*", false)]
    [InlineData("acme\nother", false)]
    public void Faults_TenantOfALimit_IsOneThatJobsCanName(string tenant, bool isRight)
    {
        var api = new ApiOptions { BaseAddress = new("http://localhost"), Limits = { new() { Name = "own", Tenant = tenant, Count = 1, Period = TimeSpan.FromSeconds(1) } } };

        string[] expected = isRight ? [] :
        [
            $"Apis:API:Limits: own: Tenant '{tenant}': must be one tenant's name as jobs say it; leave it out where every tenant's calls charge the limit together",
        ];
        Assert.Equal(expected, ApisRules.Faults(new ApisOptions { ["API"] = api }));
    }
}
