namespace ApiPoc.Gateway.Control.Signing;

/// <summary>A parameter of a query, decoded.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; empty when it has none.</param>
internal readonly record struct QueryParameter(string Name, string Value)
{
    /// <summary>Reads <c>name=value</c> or <c>name</c>. A plus is a space, as those who act on the query read it.</summary>
    public static QueryParameter Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new QueryParameter(Decode(text), "") : new QueryParameter(Decode(text[..equals]), Decode(text[(equals + 1)..]));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
