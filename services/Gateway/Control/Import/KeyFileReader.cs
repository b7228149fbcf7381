using ApiPoc.Gateway.ApiKeys;

namespace ApiPoc.Gateway.Control.Import;

/// <summary>
/// Reads a file of API keys as Amazon API Gateway documents it (developer guide, "API key file format"). It reports all that is wrong
/// and holds no more than the keys an account may have, however long the file or a line is.
/// </summary>
internal sealed class KeyFileReader
{
    private readonly ImportReport _report = new();
    private readonly Dictionary<string, KeyRow> _rows = new(StringComparer.Ordinal);
    private bool _hasRecords;
    private string _lineEnd = "";
    private bool _hasMixedLineEnds;

    /// <summary>Reads <paramref name="file"/>.</summary>
    public static Task<KeyFile> ReadAsync(Stream file, CancellationToken cancellationToken) => new KeyFileReader().ReadToEndAsync(file, cancellationToken);

    private async Task<KeyFile> ReadToEndAsync(Stream file, CancellationToken cancellationToken)
    {
        using var records = new CsvRecords(file);
        KeyFileColumns? columns = null;
        try
        {
            columns = Header(await records.ReadAsync());
            if (records.HasByteOrderMark)
                _report.Add(1, 1, "a byte order mark; it is ignored");
            while (columns is not null && await records.ReadAsync() is { } record)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _hasRecords = true;
                CompareLineEnd(record);
                Take(record, columns);
            }
            if (columns is not null && !_hasRecords)
                _report.Add(records.NextLine, 1, "there is no key below the columns' names");
        }
        catch (RecordTooLongException)
        {
            _report.Refuse(records.NextLine, 1, $"more than {CsvRecords.LongestRecord} characters in one row: is a quote not closed?");
        }
        return new KeyFile(_rows.Values, columns, _report);
    }

    private KeyFileColumns? Header(CsvRecord? header)
    {
        if (header is null)
            _report.Refuse(1, 1, "the file is empty");
        else if (header.Fault is { } fault)
            _report.Refuse(header.Line, fault.Column, fault.Reason);
        else
            return KeyFileColumns.Read(header, _report);
        return null;
    }

    private void CompareLineEnd(CsvRecord record)
    {
        if (_lineEnd.Length == 0)
            _lineEnd = record.LineEnd;
        if (_hasMixedLineEnds || record.LineEnd.Length == 0 || record.LineEnd == _lineEnd)
            return;
        // Once: two programs wrote this file, and there may be a million lines of it.
        _hasMixedLineEnds = true;
        _report.Add(record.Line, record.Fields.Count, $"the line ends in {record.LineEnd}, others before in {_lineEnd}");
    }

    private void Take(CsvRecord record, KeyFileColumns columns)
    {
        if (record.Fault is { } fault)
        {
            _report.Add(record.Line, fault.Column, fault.Reason);
            return;
        }
        if (KeyRowReader.Read(record, columns, _report) is not { } row)
            return;
        if (_rows.TryGetValue(row.Value, out var before))
            _report.Add(row.Line, columns.PlaceOf(KeyFileColumns.Key)!.Value + 1, $"the same key as in line {before.Line}, which this one replaces");
        // One more than an account may have tells that there are too many.
        if (before is not null || _rows.Count <= ApiKeyStore.Maximum)
            _rows[row.Value] = row;
    }
}
