namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>A rule that names moments, all in UTC and each on a whole minute.</summary>
internal abstract class Schedule
{
    /// <summary>The first moment after <paramref name="moment"/>, or null when there is none any more.</summary>
    public abstract DateTimeOffset? NextAfter(DateTimeOffset moment);

    /// <summary>
    /// Reads <c>rate(5 minutes)</c>, <c>cron(0 10 * * ? *)</c> (six fields as Amazon EventBridge has them) or <c>*/5 * * * *</c> (five fields
    /// as crontab(5) has them).
    /// </summary>
    /// <exception cref="FormatException">It is none of them; the message says what is wrong.</exception>
    public static Schedule Parse(string expression)
    {
        string text = expression.Trim();
        if (Inner(text, "rate(") is { } rate)
            return RateSchedule.Parse(rate);
        if (Inner(text, "cron(") is { } cron)
            return AwsCron.Parse(cron);
        if (!text.Contains('('))
            return UnixCron.Parse(text);
        throw new FormatException("is neither rate(value unit) nor cron(fields) nor five fields: minute hour day-of-month month day-of-week");
    }

    private static string? Inner(string text, string opening) =>
        text.StartsWith(opening, StringComparison.Ordinal) && text.EndsWith(')') ? text[opening.Length..^1].Trim() : null;
}
