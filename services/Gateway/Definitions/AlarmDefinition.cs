namespace ApiPoc.Gateway.Definitions;

/// <summary>An alarm over one metric, as Amazon CloudWatch evaluates it: M of the last N periods beyond the threshold.</summary>
internal sealed record AlarmDefinition
{
    /// <summary>The metric: one of AWS's seven (<c>Count</c>, <c>4XXError</c> …) or <c>Throttled</c>, <c>IntegrationThrottled</c>.</summary>
    public string Metric { get; init; } = "";

    /// <summary>The API's id.</summary>
    public string ApiId { get; init; } = "";

    /// <summary>The stage; every stage by default.</summary>
    public string? Stage { get; init; }

    /// <summary>What is made of a period's samples; default <see cref="AlarmStatistic.Sum"/>.</summary>
    public AlarmStatistic Statistic { get; init; } = AlarmStatistic.Sum;

    /// <summary>The threshold; the alarm's condition is strictly greater.</summary>
    public double GreaterThan { get; init; }

    /// <summary>A period: 1 min to 1 h, whole minutes; default 1 min.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>N: periods looked at; 1 to 100, default 1.</summary>
    public int EvaluationPeriods { get; init; } = 1;

    /// <summary>M: periods that must be beyond; 1 to N, default N.</summary>
    public int? DatapointsToAlarm { get; init; }

    /// <summary>What a period without samples counts as; default <see cref="MissingData.Missing"/>.</summary>
    public MissingData TreatMissingData { get; init; } = MissingData.Missing;
}

/// <summary>What is made of a period's samples.</summary>
internal enum AlarmStatistic
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Average,
}

/// <summary>What a period without samples counts as.</summary>
internal enum MissingData
{
    /// <summary>Nothing: when all are missing the state is INSUFFICIENT_DATA.</summary>
    Missing,

    /// <summary>Within the threshold.</summary>
    NotBreaching,

    /// <summary>Beyond the threshold.</summary>
    Breaching,

    /// <summary>The state stays as it is.</summary>
    Ignore,
}
