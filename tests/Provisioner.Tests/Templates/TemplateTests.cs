using ApiPoc.Provisioner.Resources;
using ApiPoc.Provisioner.Templates;

namespace ApiPoc.Provisioner.Tests.Templates;

public sealed class TemplateTests
{
    [Fact]
    public void InOrder_PutsEachResourceAfterWhatItNeeds()
    {
        var template = Template.Parse("""
            {"Resources":{
              "Last":{"Type":"T","DependsOn":["Middle"]},
              "Middle":{"Type":"T","Properties":{"Deep":[{"Er":{"Fn::GetAtt":["First","Arn"]}}]}},
              "First":{"Type":"T"},
              "AlsoLast":{"Type":"T","Properties":{"To":{"Ref":"First"}},"DependsOn":"Middle"}}}
            """);

        Assert.Equal(["First", "Middle", "Last", "AlsoLast"], template.InOrder().Select(resource => resource.Name));
    }

    [Fact]
    public void InOrder_ResourcesThatNeedEachOther_AreNamed()
    {
        var template = Template.Parse("""
            {"Resources":{"A":{"Type":"T","Properties":{"B":{"Ref":"B"}}},"B":{"Type":"T","DependsOn":"A"},"C":{"Type":"T"}}}
            """);

        Assert.Contains("A, B: they need each other", Assert.Throws<TemplateException>(template.InOrder).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "the template is not one JSON object")]
    [InlineData("{", "")]
    [InlineData("""{"Resources":{"A":{}}}""", "A: a resource has a Type")]
    [InlineData("""{"Resources":{"A":{"Type":"T","Properties":{"X":{"Ref":"B"}}}}}""", "A: there is no resource B")]
    [InlineData("""{"Resources":{"A":{"Type":"T","DependsOn":"B"}}}""", "A: there is no resource B")]
    [InlineData("""{"Outputs":{"O":{"Value":{"Ref":"B"}}}}""", "O: there is no resource B")]
    [InlineData("""{"Resources":{"A":{"Type":"T","Properties":{"X":{"Fn::Join":["",[]]}}}}}""", """A: {"Fn::Join":["",[]]} is not supported""")]
    [InlineData("""{"Resources":{"A":{"Type":"T","Properties":{"X":{"Ref":"AWS::Region"}}}}}""", """A: {"Ref":"AWS::Region"} is not supported""")]
    [InlineData("""{"Conditions":{}}""", "Conditions: this section is not supported")]
    public void Parse_NotUnderstood_SaysWhat(string json, string problem) =>
        Assert.Contains(problem, Assert.Throws<TemplateException>(() => Template.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Resolve_ReplacesFunctionsAtEveryDepth()
    {
        var template = Template.Parse("""
            {"Resources":{"Q":{"Type":"T"},"P":{"Type":"T","Properties":{"A":[{"Ref":"Q"}],"B":{"C":{"Fn::GetAtt":["Q","Arn"]}},"D":1,"E":null}}}}
            """);
        var resources = new Dictionary<string, ProvisionedResource>
        {
            ["Q"] = new("the-ref", new Dictionary<string, string> { ["Arn"] = "the-arn" }, ""),
        };

        var resolved = TemplateFunctions.Resolve(template.Resources[1].Properties, resources)!;

        Assert.Equal("""{"A":["the-ref"],"B":{"C":"the-arn"},"D":1,"E":null}""", resolved.ToJsonString());
    }

    [Fact]
    public void Resolve_AttributeItDoesNotHave_SaysWhichItHas()
    {
        var template = Template.Parse("""{"Resources":{"Q":{"Type":"T"}},"Outputs":{"O":{"Value":{"Fn::GetAtt":["Q","Colour"]}}}}""");
        var resources = new Dictionary<string, ProvisionedResource> { ["Q"] = new("", new Dictionary<string, string> { ["Arn"] = "" }, "") };

        var error = Assert.Throws<TemplateException>(() => TemplateFunctions.Resolve(template.Outputs["O"], resources));

        Assert.Contains("Q has no attribute Colour; it has Arn", error.Message, StringComparison.Ordinal);
    }
}
