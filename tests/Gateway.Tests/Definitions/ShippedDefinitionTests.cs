using ApiPoc.Gateway.Definitions;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Definitions;

public sealed class ShippedDefinitionTests
{
    private static readonly byte[] Shipped = File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "services", "Gateway", "gateway.json"));

    [Fact]
    public void GatewayJson_InDevelopment_IsValidAndHoldsTheDefaultApis() =>
        Assert.Equal(
            ["cached", "data", "external-api", "queue", "queue-open", "secure-api", "unsecure-api"],
            GatewayDefinitionFile.Parse(Shipped, new DefinitionPolicy(AllowSecrets: true)).RestApis.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void GatewayJson_Elsewhere_RefusesItsSampleKeys()
    {
        var refused = Assert.Throws<GatewayDefinitionException>(() => GatewayDefinitionFile.Parse(Shipped, new DefinitionPolicy(AllowSecrets: false)));
        Assert.All(refused.Errors, error => Assert.Matches("^apiKeys\\..*: \\(hidden\\): key values stand in the file in Development only", error));
    }
}
