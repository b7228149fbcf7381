using System.Text.Json;
using ApiPoc.Gateway.Validation;

namespace ApiPoc.Gateway.Tests.Validation;

public sealed class JsonModelTests
{
    [Theory]
    [InlineData("""{"minimum":0}""", "0")]
    [InlineData("""{"minimum":0}""", "1e300")]
    [InlineData("""{"maximum":0}""", "-1e300")]
    [InlineData("""{"type":"integer"}""", "1e2")]
    [InlineData("""{"maxLength":2}""", "\"\U0001F600\U0001F600\"")]
    [InlineData("""{"type":"null"}""", "null")]
    public void Value_WithinTheModel_HasNoFault(string schema, string value) => Assert.Null(Fault(schema, value));

    [Theory]
    [InlineData("""{"minimum":0}""", "-1", "$: at least 0")]
    [InlineData("""{"minimum":0}""", "-1e300", "$: at least 0")]
    [InlineData("""{"maximum":0}""", "1e300", "$: at most 0")]
    [InlineData("""{"type":"integer"}""", "1.5", "$: integer expected")]
    [InlineData("""{"minLength":2}""", "\"\U0001F600\"", "$: at least 2 characters")]
    public void Value_BeyondTheModel_IsToldWhere(string schema, string value, string fault) => Assert.Equal(fault, Fault(schema, value));

    [Theory]
    [InlineData("""{"type":"strnig"}""", "type is one of object, array, string, number, integer, boolean, null")]
    [InlineData("""{"type":["string","null"]}""", "a keyword has a value of the wrong kind")]
    [InlineData("""{"properties":{"a":{"type":"file"}}}""", "type is one of object, array, string, number, integer, boolean, null")]
    public void Problem_OfWhatIsNoModel_IsTold(string schema, string problem) => Assert.Equal(problem, JsonModel.Problem(JsonElement.Parse(schema)));

    private static string? Fault(string schema, string value) => JsonModel.Compile(JsonElement.Parse(schema)).Fault(JsonElement.Parse(value), "$");
}
