namespace ApiPoc.Gateway.Control.Import;

/// <summary>
/// Text in cells. Spreadsheets run what begins like a formula (OWASP, "CSV Injection"), so such text is written with an apostrophe
/// before it, and read without; text that has apostrophes before such a beginning gets one more, so that every text comes back as it was.
/// </summary>
internal static class CellText
{
    private const char Quote = '\'';

    /// <summary>Why <paramref name="cell"/> is no text; null when it is.</summary>
    public static string? Fault(string cell)
    {
        if (cell.Contains('\0', StringComparison.Ordinal))
            return "a NUL character: is this UTF-16? Save the file as UTF-8";
        return cell.Contains('\uFFFD', StringComparison.Ordinal) ? "not UTF-8 text: save the file as UTF-8" : null;
    }

    /// <summary>How <paramref name="text"/> is written.</summary>
    public static string Escape(string text) => BeginsLikeFormula(text) ? Quote + text : text;

    /// <summary>What was written as <paramref name="cell"/>.</summary>
    public static string Unescape(string cell) => cell.StartsWith(Quote) && BeginsLikeFormula(cell) ? cell[1..] : cell;

    private static bool BeginsLikeFormula(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart(Quote);
        return rest.Length > 0 && rest[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
    }
}
