namespace ApiPoc.Gateway.Control.Import;

/// <summary>
/// Everything that is to be said about a key file, each as <c>line N, column C: reason</c>. The first hundred are kept and the others
/// counted, so that a file of any length costs no more.
/// </summary>
internal sealed class ImportReport
{
    private const int Kept = 100;
    private readonly List<(int Line, string Text)> _messages = [];
    private int _count;

    /// <summary>A report on nothing yet.</summary>
    public ImportReport()
    {
    }

    /// <summary>A report that goes on from <paramref name="other"/>, which stays as it is.</summary>
    public ImportReport(ImportReport other)
    {
        _messages.AddRange(other._messages);
        _count = other._count;
        IsFatal = other.IsFatal;
    }

    /// <summary>Whether there is nothing to say.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Whether no row of the file can be imported, whatever the caller puts up with.</summary>
    public bool IsFatal { get; private set; }

    /// <summary>The messages by line, and at their end how many more there would be.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            List<string> lines = [.. _messages.OrderBy(message => message.Line).Take(Kept).Select(message => message.Text)];
            if (_count > lines.Count)
                lines.Add($"and {_count - lines.Count} more");
            return lines;
        }
    }

    /// <summary>Says something about a cell.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1, as a spreadsheet counts.</param>
    /// <param name="reason">What it is; of a key its beginning at most.</param>
    public void Add(int line, int column, string reason)
    {
        _count++;
        // What the registry says comes after what the file says, by lines that may lie before: twice as many as are shown do.
        if (_messages.Count < 2 * Kept)
            _messages.Add((line, $"line {line}, column {column}: {reason}"));
    }

    /// <summary>Says why the whole file is refused.</summary>
    public void Refuse(int line, int column, string reason)
    {
        IsFatal = true;
        Add(line, column, reason);
    }
}
