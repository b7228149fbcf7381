using ApiPoc.Gateway.Deployments;
using ApiPoc.Gateway.Routing;

namespace ApiPoc.Gateway.Tests.Routing;

public sealed class RouteTableTests
{
    private static readonly RouteTable Table = new(
    [
        .. new[] { "/", "/survey", "/survey/{id}", "/survey/{id}/interview/{interview}", "/survey/fixed/{x}", "/files/{path+}", "/{proxy+}" }
            .Select(path => new DeployedResource(path, new Dictionary<string, DeployedMethod>())),
    ]);

    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/survey", "/survey", "")]
    [InlineData("/survey/", "/survey", "")]
    [InlineData("/s%75rvey", "/survey", "")]
    [InlineData("/Survey", "/{proxy+}", "proxy=Survey")]
    [InlineData("/survey/7", "/survey/{id}", "id=7")]
    [InlineData("/survey/a%20b", "/survey/{id}", "id=a b")]
    [InlineData("/survey/7/interview/8", "/survey/{id}/interview/{interview}", "id=7,interview=8")]
    [InlineData("/survey/fixed/9", "/survey/fixed/{x}", "x=9")]
    [InlineData("/survey/fixed", "/survey/{id}", "id=fixed")]
    [InlineData("/survey/fixed/interview/1", "/survey/{id}/interview/{interview}", "id=fixed,interview=1")]
    [InlineData("/files/a/b/c", "/files/{path+}", "path=a/b/c")]
    [InlineData("/files", "/{proxy+}", "proxy=files")]
    [InlineData("/other/deep/er", "/{proxy+}", "proxy=other/deep/er")]
    public void Match_LiteralBeforeVariableBeforeGreedy(string path, string resource, string parameters)
    {
        var found = Table.Match(path, out var values);
        Assert.Equal(resource, found?.Path);
        Assert.Equal(parameters, string.Join(',', values.ToDictionary().Select(value => $"{value.Key}={value.Value}")));
    }

    [Fact]
    public void Match_NothingFits_IsNull() => Assert.Null(new RouteTable([]).Match("/x", out _));

    [Theory]
    [InlineData("localhost", "/_aws/execute-api/api/stage/a/b", "api", "stage", "/a/b")]
    [InlineData("localhost", "/_aws/execute-api/api/stage", "api", "stage", "/")]
    [InlineData("api.execute-api.localhost", "/stage/a", "api", "stage", "/a")]
    [InlineData("API.execute-api.eu-west-1.amazonaws.com", "/stage/", "api", "stage", "/")]
    public void Target_BothForms(string host, string path, string api, string stage, string rest) =>
        Assert.Equal(new RequestTarget(api, stage, rest), RequestTarget.Parse(host, path));

    [Theory]
    [InlineData("localhost", "/api/stage")]
    [InlineData("localhost", "/_aws/execute-api/api")]
    [InlineData(".execute-api.localhost", "/stage")]
    public void Target_NeitherForm_IsNull(string host, string path) => Assert.Null(RequestTarget.Parse(host, path));
}
