namespace ApiPoc.Gateway.Control.Import;

/// <summary>Where a file has its columns; their names are told from each other without regard to case, their order is free.</summary>
internal sealed class KeyFileColumns
{
    public const string Name = "Name";
    public const string Key = "Key";
    public const string Description = "Description";
    public const string Enabled = "Enabled";
    public const string UsagePlanIds = "UsagePlanIds";

    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);

    private KeyFileColumns(int count) => Count = count;

    /// <summary>All columns in the order of an export.</summary>
    public static IReadOnlyList<string> All { get; } = [Name, Key, Description, Enabled, UsagePlanIds];

    /// <summary>How many columns the file has, unknown ones included.</summary>
    public int Count { get; }

    /// <summary>Reads the first row.</summary>
    /// <returns>Null when the file cannot be read by it, which <paramref name="report"/> then says.</returns>
    public static KeyFileColumns? Read(CsvRecord header, ImportReport report)
    {
        var columns = new KeyFileColumns(header.Fields.Count);
        for (int index = 0; index < header.Fields.Count; index++)
        {
            string name = header.Fields[index];
            if (!All.Contains(name, StringComparer.OrdinalIgnoreCase))
                report.Add(header.Line, index + 1, "an unknown column; it is ignored");
            else if (!columns._places.TryAdd(name, index))
                report.Refuse(header.Line, index + 1, $"the column {name} stands twice");
        }
        foreach (string name in (string[])[Name, Key])
        {
            if (!columns._places.ContainsKey(name))
                report.Refuse(header.Line, header.Fields.Count, $"there is no column {name}");
        }
        return report.IsFatal ? null : columns;
    }

    /// <summary>The place of a column, from 0; null when the file does not have it.</summary>
    public int? PlaceOf(string name) => _places.TryGetValue(name, out int place) ? place : null;
}
