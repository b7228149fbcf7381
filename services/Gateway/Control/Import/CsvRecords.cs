using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace ApiPoc.Gateway.Control.Import;

/// <summary>The records of a CSV file (RFC 4180, any line end), one at a time.</summary>
internal sealed class CsvRecords : IDisposable
{
    /// <summary>The most characters of a record, give or take one reading of the parser's.</summary>
    public const int LongestRecord = 16 * 1024;

    private readonly KeyFileText _text;
    private readonly CsvParser _parser;
    private string? _badField;

    /// <summary>Reads <paramref name="file"/> as UTF-8 and leaves it open.</summary>
    public CsvRecords(Stream file)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        _text = new KeyFileText(new StreamReader(file, utf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true), LongestRecord);
        _parser = new CsvParser(_text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = false,
            // Only then the parser's count of lines tells where a record begins.
            IgnoreBlankLines = false,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => _badField = bad.Field,
        });
    }

    /// <summary>Whether the file begins with a byte order mark; known once the first record is read.</summary>
    public bool HasByteOrderMark => _text.HasByteOrderMark;

    /// <summary>The line after the last record, from 1.</summary>
    public int NextLine { get; private set; } = 1;

    /// <summary>Reads the next record that is not blank; null at the end.</summary>
    /// <exception cref="RecordTooLongException">It is longer than <see cref="LongestRecord"/>.</exception>
    public async Task<CsvRecord?> ReadAsync()
    {
        for (int line = NextLine; await _parser.ReadAsync(); line = NextLine)
        {
            NextLine = _parser.RawRow + 1;
            _text.RecordEnded();
            var record = Current(line);
            if (record.Fields is not [""] || record.Fault is not null)
                return record;
        }
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();

    private CsvRecord Current(int line)
    {
        var fields = new List<string>(_parser.Count);
        (int Column, string Reason)? fault = null;
        for (int index = 0; index < _parser.Count; index++)
        {
            _badField = null;
            fields.Add(_parser[index]);
            if (_badField is not null)
                fault ??= (index + 1, QuoteFault(_badField));
            else if (CellText.Fault(fields[index]) is { } reason)
                fault ??= (index + 1, reason);
        }
        return new CsvRecord(line, fields, LineEnd(_parser.RawRecord), fault);
    }

    private static string QuoteFault(string field) =>
        field.StartsWith('"') && int.IsOddInteger(field.Count(character => character == '"')) ? "a quote that is not closed" : "a quote within text that is not quoted";

    private static string LineEnd(string record)
    {
        if (record.EndsWith("\r\n", StringComparison.Ordinal))
            return "CRLF";
        return record is [.., '\n'] ? "LF" : record is [.., '\r'] ? "CR" : "";
    }
}

/// <summary>One record.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Fields">Its cells.</param>
/// <param name="LineEnd">How it ends: CRLF, LF, CR, or empty at the end of the file.</param>
/// <param name="Fault">What makes it unreadable, with the column from 1; null when nothing does.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, string LineEnd, (int Column, string Reason)? Fault);
