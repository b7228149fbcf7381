using System.Text;
using System.Text.Json;
using ApiPoc.Gateway.Validation;

namespace ApiPoc.Gateway.Tests.Validation;

public sealed class JsonBodyTests
{
    private static readonly JsonModel Model = JsonModel.Compile(JsonDocument.Parse("""
        {
          "type": "object",
          "required": ["name"],
          "additionalProperties": false,
          "properties": {
            "name": { "type": "string", "minLength": 1, "maxLength": 5 },
            "count": { "type": "integer", "minimum": 0, "maximum": 10 },
            "kind": { "enum": ["a", "b"] },
            "items": { "type": "array", "maxItems": 2, "items": { "type": "boolean" } }
          }
        }
        """).RootElement);

    [Theory]
    [InlineData("""{"name":"n"}""")]
    [InlineData("""{"name":"n","count":10,"kind":"b","items":[true,false]}""")]
    [InlineData("""{"name":"n","count":1.0}""")]
    public void Fault_Valid_IsNone(string body) => Assert.Null(Fault(body));

    [Theory]
    [InlineData("[]", "$: object expected")]
    [InlineData("{}", "$.name: missing")]
    [InlineData("""{"name":""}""", "$.name: at least 1 characters")]
    [InlineData("""{"name":"longer"}""", "$.name: at most 5 characters")]
    [InlineData("""{"name":"n","count":1.5}""", "$.count: integer expected")]
    [InlineData("""{"name":"n","count":11}""", "$.count: at most 10")]
    [InlineData("""{"name":"n","kind":"c"}""", "$.kind: not one of the 2 allowed values")]
    [InlineData("""{"name":"n","items":[true,1]}""", "$.items[1]: boolean expected")]
    [InlineData("""{"name":"n","items":[true,true,true]}""", "$.items: at most 2 items")]
    [InlineData("""{"name":"n","other":1}""", "$: an unknown member")]
    public void Fault_AgainstTheModel_NamesThePlace(string body, string expected) => Assert.Equal(expected, Fault(body));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"name":"n"} trailing""")]
    [InlineData("""{"name":"n","name":"m"}""")]
    [InlineData("""{"name":NaN}""")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("\uFEFF{\"name\":\"n\"}")]
    [InlineData("""{"name":"n",}""")]
    [InlineData("""{/* comment */"name":"n"}""")]
    public void Fault_NotTheJsonOthersRead_IsRefused(string body) => Assert.NotNull(Fault(body));

    [Fact]
    public void Fault_DepthAndLength_AreBounded()
    {
        Assert.NotNull(Fault(new string('[', 33) + new string(']', 33)));
        Assert.Equal("$[member 1]: a number of more than 100 characters", Fault($$"""{"name":"n","count":{{new string('9', 100_000)}}}"""));
    }

    [Fact]
    public void Fault_NeverRepeatsTheBody() => Assert.DoesNotContain("secret", Fault("""{"secret":"secret" secret"""), StringComparison.Ordinal);

    private static string? Fault(string body) => JsonBody.Fault(Encoding.UTF8.GetBytes(body), Model);
}
