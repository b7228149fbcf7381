using ApiPoc.Gateway.Routing;

namespace ApiPoc.Gateway.Tests.Routing;

public sealed class PathGuardTests
{
    [Theory]
    [InlineData("/a/b")]
    [InlineData("/")]
    [InlineData("/a/")]
    [InlineData("/a%20b/c%2Fd")]
    [InlineData("/100%25")]
    [InlineData("/a/...")]
    [InlineData("/a%23b")]
    [InlineData("/a;b=c/d..;e")]
    [InlineData("/100%2525")]
    public void IsUnambiguous_OrdinaryPaths_Yes(string path) => Assert.True(PathGuard.IsUnambiguous(path));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/a/..")]
    [InlineData("/a//b")]
    [InlineData("/a\\b")]
    [InlineData("/a%5cb")]
    [InlineData("/%2e%2e/b")]
    [InlineData("/a/%2E%2e")]
    [InlineData("/%252e%252e/b")]
    [InlineData("/%25252e%25252e/b")]
    [InlineData("/%2525252e%2525252e/b")]
    [InlineData("/%252525252525252e%2e")]
    [InlineData("/a/..;/b")]
    [InlineData("/a/..;x=1/b")]
    [InlineData("/a/.;")]
    [InlineData("/a/%2e%2e%3b/b")]
    [InlineData("/a%2F..%2Fb")]
    [InlineData("/a%00b")]
    [InlineData("/a%2500b")]
    [InlineData("/a%0d%0ab")]
    [InlineData("/a#b")]
    [InlineData("/a%")]
    [InlineData("/a%4")]
    [InlineData("/a%zz")]
    public void IsUnambiguous_PathsReadDifferentlyByOthers_No(string path) => Assert.False(PathGuard.IsUnambiguous(path));
}
