namespace ApiPoc.Domain.Quotas;

/// <summary>
/// The path of a resource of the survey API, e.g. <c>/survey/1/interview/2/attachment/3</c>. Only the canonical spelling is
/// one: no escapes, no empty or dotted segments, lower-case nouns. So no spelling gets past a quota.
/// </summary>
public sealed record ResourcePath
{
    /// <summary>A path that shows every part.</summary>
    public const string Example = "/survey/1/interview/1/attachment/1";

    private const int MaxIdLength = 64;
    private const int MaxLength = 256;

    private ResourcePath(string value, int depth, IReadOnlyList<string> ids) => (Value, Depth, Ids) = (value, depth, ids);

    /// <summary>What is under what: an attachment belongs to an interview, an interview to a survey.</summary>
    public static IReadOnlyList<string> Nouns { get; } = ["survey", "interview", "attachment"];

    /// <summary>The path as text.</summary>
    public string Value { get; }

    /// <summary>How deep the addressed resource is: 1 survey, 2 interview, 3 attachment.</summary>
    public int Depth { get; }

    /// <summary>The ids from the survey's on; one less than <see cref="Depth"/> when all resources of the last kind are addressed.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Whether it addresses all resources of its kind and not one.</summary>
    public bool IsCollection => Ids.Count < Depth;

    /// <summary>The levels it charges: its own first, then each parent's, e.g. <c>survey:interview</c>, <c>survey</c>.</summary>
    public IEnumerable<string> Levels => Enumerable.Range(0, Depth).Select(up => LevelAt(Depth - up));

    /// <summary>The level of a depth, 1 to 3, e.g. <c>survey:interview</c> of 2.</summary>
    public static string LevelAt(int depth) => string.Join(':', Nouns.Take(depth));

    /// <summary>Reads a path; null when <paramref name="path"/> is none.</summary>
    public static ResourcePath? Parse(string path)
    {
        if (path.Length > MaxLength || !path.StartsWith('/'))
            return null;

        string[] segments = path[1..].Split('/');
        if (segments.Length > 2 * Nouns.Count)
            return null;

        List<string> ids = [];
        for (int i = 0; i < segments.Length; i++)
        {
            bool isNoun = i % 2 == 0;
            if (isNoun ? segments[i] != Nouns[i / 2] : !IsId(segments[i]))
                return null;
            if (!isNoun)
                ids.Add(segments[i]);
        }

        return new ResourcePath(path, (segments.Length + 1) / 2, ids);
    }

    /// <inheritdoc/>
    public bool Equals(ResourcePath? other) => other is not null && other.Value == Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsId(string segment) =>
        segment.Length is > 0 and <= MaxIdLength && segment.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
