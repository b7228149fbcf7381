namespace ApiPoc.Gateway.Control.Import;

/// <summary>
/// A key file's text on its way to the CSV parser, which keeps a whole record in memory: it stops when one record grows beyond a limit.
/// A byte order mark is taken off.
/// </summary>
internal sealed class KeyFileText(TextReader inner, int longestRecord) : TextReader
{
    private const char ByteOrderMark = '\uFEFF';
    private int _sinceRecord;
    private bool _isBegun;

    /// <summary>Whether there was a byte order mark.</summary>
    public bool HasByteOrderMark { get; private set; }

    /// <summary>Says that a record has been read to its end.</summary>
    public void RecordEnded() => _sinceRecord = 0;

    /// <inheritdoc/>
    /// <exception cref="RecordTooLongException">It is.</exception>
    public override async Task<int> ReadAsync(char[] buffer, int index, int count)
    {
        int read = await inner.ReadAsync(buffer, index, count);
        if (!_isBegun && read > 0 && buffer[index] == ByteOrderMark)
        {
            HasByteOrderMark = true;
            // Nothing but the mark would look like the end.
            read = read > 1 ? read - 1 : await inner.ReadAsync(buffer, index + 1, count - 1);
            Array.Copy(buffer, index + 1, buffer, index, read);
        }
        _isBegun = true;
        _sinceRecord += read;
        // One reading may hold many whole records, so it does not count by itself.
        return _sinceRecord <= longestRecord + count ? read : throw new RecordTooLongException();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A record is longer than it may be.</summary>
internal sealed class RecordTooLongException : Exception;
