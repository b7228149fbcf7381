using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Control.Import;

/// <summary>Makes a key of a record, or says all that is wrong with it.</summary>
internal static class KeyRowReader
{
    private const int DocumentedMinimumLength = 30;

    /// <summary>Reads <paramref name="record"/>.</summary>
    /// <returns>Null when it cannot be imported.</returns>
    public static KeyRow? Read(CsvRecord record, KeyFileColumns columns, ImportReport report)
    {
        var fields = Joined(record.Fields, columns);
        if (fields.Count != columns.Count)
        {
            report.Add(record.Line, Math.Min(fields.Count, columns.Count) + 1, $"{fields.Count} cells in a file of {columns.Count} columns");
            return null;
        }
        string Cell(string column) => columns.PlaceOf(column) is { } place ? CellText.Unescape(fields[place]) : "";
        string name = Cell(KeyFileColumns.Name);
        string key = Cell(KeyFileColumns.Key);
        string enabled = Cell(KeyFileColumns.Enabled);
        bool isGood = Check(NameFault(name), KeyFileColumns.Name)
            & Check(KeyFault(key), KeyFileColumns.Key)
            & Check(enabled.Length == 0 || bool.TryParse(enabled, out _) ? null : "true or false expected", KeyFileColumns.Enabled);
        if (isGood && key.Length < DocumentedMinimumLength)
            Check($"{KeyPrefix.Of(key)} has {key.Length} characters; Amazon API Gateway's import asks for {DocumentedMinimumLength}", KeyFileColumns.Key);
        return isGood
            ? new KeyRow(record.Line, name, key, Cell(KeyFileColumns.Description), enabled.Length == 0 || bool.Parse(enabled), PlansIn(Cell(KeyFileColumns.UsagePlanIds))) : null;

        bool Check(string? fault, string column)
        {
            if (fault is not null)
                report.Add(record.Line, columns.PlaceOf(column)!.Value + 1, fault);
            return fault is null;
        }
    }

    private static string? NameFault(string name) => name.Length switch
    {
        0 => "the name is empty",
        > ApiKeyRules.MaximumNameLength => $"the name has {name.Length} characters; {ApiKeyRules.MaximumNameLength} are allowed",
        _ => null,
    };

    private static string? KeyFault(string key) => key switch
    {
        "" => "the key is empty",
        { Length: < ApiKeyRules.MinimumLength or > ApiKeyRules.MaximumLength } =>
            $"{KeyPrefix.Of(key)} has {key.Length} characters; {ApiKeyRules.MinimumLength} to {ApiKeyRules.MaximumLength} are allowed",
        _ when !ApiKeyRules.IsValue(key) => $"{KeyPrefix.Of(key)} has characters other than visible ASCII",
        _ => null,
    };

    // A list of plans may stand in single quotes, which CSV does not know: it has come apart at its commas.
    private static IReadOnlyList<string> Joined(IReadOnlyList<string> fields, KeyFileColumns columns)
    {
        int extra = fields.Count - columns.Count;
        if (extra <= 0 || columns.PlaceOf(KeyFileColumns.UsagePlanIds) is not { } place || !fields[place].StartsWith('\'') || !fields[place + extra].EndsWith('\''))
            return fields;
        string list = string.Join(',', fields.Skip(place).Take(extra + 1));
        return [.. fields.Take(place), list, .. fields.Skip(place + extra + 1)];
    }

    private static string[] PlansIn(string cell)
    {
        string list = cell is ['\'', .., '\''] or ['"', .., '"'] ? cell[1..^1] : cell;
        return [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
    }
}
