using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>Section <c>Schedules</c>: what is sent without being asked for, by the schedule's name.</summary>
internal sealed class SchedulesOptions : Dictionary<string, ScheduleOptions>
{
    public const string Section = "Schedules";

    public SchedulesOptions() : base(StringComparer.OrdinalIgnoreCase)
    {
    }
}

/// <summary>When to send how many jobs.</summary>
internal sealed class ScheduleOptions
{
    /// <summary>
    /// <c>rate(5 minutes)</c>, <c>cron(0 10 ? * MON-FRI *)</c> with six fields as Amazon EventBridge has them, or five as crontab has them;
    /// in UTC.
    /// </summary>
    [Required]
    public string Expression { get; set; } = "";

    /// <summary>Jobs to send each time; 1 to 100,000, default 10.</summary>
    [Range(1, 100_000)]
    public int Jobs { get; set; } = 10;

    /// <summary>Default true; false keeps a schedule without following it.</summary>
    public bool Enabled { get; set; } = true;
}

/// <summary>Refuses expressions that cannot be read or name no moment to come.</summary>
internal sealed class SchedulesOptionsValidator(TimeProvider clock) : IValidateOptions<SchedulesOptions>
{
    public ValidateOptionsResult Validate(string? name, SchedulesOptions options)
    {
        string[] errors =
        [
            .. from schedule in options
               where !string.IsNullOrWhiteSpace(schedule.Value.Expression)
               let why = WhatIsWrong(schedule.Value.Expression)
               where why is not null
               select $"{SchedulesOptions.Section}:{schedule.Key}:Expression: '{schedule.Value.Expression}': {why}",
        ];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private string? WhatIsWrong(string expression)
    {
        try
        {
            return Schedule.Parse(expression).NextAfter(clock.GetUtcNow()) is null ? "names no moment to come" : null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }
}
