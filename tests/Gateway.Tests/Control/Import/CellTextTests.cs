using ApiPoc.Gateway.Control.Import;

namespace ApiPoc.Gateway.Tests.Control.Import;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("text", "text")]
    [InlineData("=1", "'=1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@a", "'@a")]
    [InlineData("\ta", "'\ta")]
    [InlineData("\ra", "'\ra")]
    [InlineData("'=1", "''=1")]
    [InlineData("''=1", "'''=1")]
    [InlineData("'a", "'a")]
    [InlineData("'", "'")]
    public void Escape_ThenUnescape_IsTheTextItself(string text, string cell)
    {
        Assert.Equal(cell, CellText.Escape(text));
        Assert.Equal(text, CellText.Unescape(cell));
    }
}
