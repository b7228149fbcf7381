using ApiPoc.Provisioner.Resources;

namespace ApiPoc.Provisioner.Tests.Resources;

public sealed class AttributeDifferenceTests
{
    [Theory]
    [InlineData("30", "30", true)]
    [InlineData("30", "31", false)]
    [InlineData("30", null, false)]
    [InlineData("""{"a":1,"b":[2]}""", """{ "b": ["2"], "a": "1" }""", true)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":1}""", """{"a":1,"b":1}""", false)]
    [InlineData("""{"a":1}""", "no json", false)]
    public void Find_ComparesByMeaning(string wanted, string? present, bool equal)
    {
        var difference = AttributeDifference.Find(new Dictionary<string, string> { ["x"] = wanted }, present is null ? null : new Dictionary<string, string> { ["x"] = present });

        Assert.Equal(equal ? [] : ["x"], difference.Keys);
    }
}
