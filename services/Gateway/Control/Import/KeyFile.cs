namespace ApiPoc.Gateway.Control.Import;

/// <summary>What a key file holds.</summary>
/// <param name="Rows">The rows that can be imported, each key once; when there are more than an account may have, one more than that.</param>
/// <param name="Columns">Where the columns are; null when it has no usable ones.</param>
/// <param name="Report">What is to be said about it.</param>
internal sealed record KeyFile(IReadOnlyCollection<KeyRow> Rows, KeyFileColumns? Columns, ImportReport Report)
{
    /// <summary>The place, from 1, that a message on the column <paramref name="name"/> points at.</summary>
    public int ColumnOf(string name) => (Columns?.PlaceOf(name) ?? 0) + 1;
}
