using ApiPoc.Gateway.Routing;

namespace ApiPoc.Gateway.Tests.Routing;

public sealed class CanonicalPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/b/", "/a/b")]
    [InlineData("/%61dmin/", "/admin")]
    [InlineData("/a%2fb/c%20d", "/a%2Fb/c d")]
    [InlineData("/caf%C3%A9", "/caf\u00e9")]
    public void Of_EverySpelling_IsTheOne(string path, string canonical) => Assert.Equal(canonical, CanonicalPath.Of(path));
}
