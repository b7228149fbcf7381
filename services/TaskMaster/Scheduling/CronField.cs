namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>The values one field of a cron expression allows: <c>*</c>, <c>5</c>, <c>1-5</c>, <c>*/10</c>, <c>5/10</c>, <c>1,3-5</c>.</summary>
internal sealed class CronField
{
    private readonly SortedSet<int> _values;

    private CronField(IEnumerable<int> values) => _values = [.. values];

    public static CronFieldRange Minutes { get; } = new("minute", 0, 59, []);

    public static CronFieldRange Hours { get; } = new("hour", 0, 23, []);

    public static CronFieldRange DaysOfMonth { get; } = new("day-of-month", 1, 31, []);

    public static CronFieldRange Months { get; } =
        new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]);

    public static CronFieldRange Years { get; } = new("year", 1970, 2199, []);

    /// <summary>Every year.</summary>
    public static CronField AnyYear { get; } = Parse("*", Years);

    /// <summary>The allowed values, ascending.</summary>
    public IReadOnlyCollection<int> Values => _values;

    public bool Contains(int value) => _values.Contains(value);

    /// <exception cref="FormatException">The text is not a list of values of the range.</exception>
    public static CronField Parse(string text, CronFieldRange range) => new(text.Split(',').SelectMany(part => ParsePart(part, range)));

    private static IEnumerable<int> ParsePart(string part, CronFieldRange range)
    {
        var (span, step) = part.Split('/') switch
        {
            [var alone] => (alone, (int?)null),
            [var stepped, { Length: > 0 } by] => (stepped, range.ParseStep(by)),
            _ => throw range.Error($"{part} is not a value, a range or a step"),
        };
        var (from, to) = ParseSpan(span, isStepped: step is not null, range);
        for (int value = from; value <= to; value += step ?? 1)
            yield return value;
    }

    private static (int From, int To) ParseSpan(string span, bool isStepped, CronFieldRange range)
    {
        if (span == "*")
            return (range.Min, range.Max);
        if (span.Split('-') is not [var first, var last])
        {
            int value = range.ParseValue(span);
            return (value, isStepped ? range.Max : value);
        }

        var (from, to) = (range.ParseValue(first), range.ParseValue(last));
        return from <= to ? (from, to) : throw range.Error($"{span} runs backwards");
    }
}
