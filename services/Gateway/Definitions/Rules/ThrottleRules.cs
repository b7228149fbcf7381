namespace ApiPoc.Gateway.Definitions;

/// <summary>What a token bucket must hold.</summary>
internal static class ThrottleRules
{
    /// <summary>The largest rate and burst.</summary>
    public const long Maximum = 1_000_000;

    // A bucket of any size then fills within 32 years; admission refuses one that takes longer than 100, and would at every call.
    private const double MinimumRate = 0.001;

    /// <summary>Checks one throttle.</summary>
    public static void Validate(ThrottleDefinition throttle, DefinitionErrors errors)
    {
        CheckRate(throttle.RateLimit, "rateLimit", errors);
        CheckBurst(throttle.BurstLimit, "burstLimit", errors);
    }

    /// <summary>Checks a rate in requests per second.</summary>
    public static void CheckRate(double rate, string member, DefinitionErrors errors) =>
        errors.Check(rate is >= MinimumRate and <= Maximum, member, rate, "0.001 to 1000000 requests per second");

    /// <summary>Checks a bucket's size in requests.</summary>
    public static void CheckBurst(long burst, string member, DefinitionErrors errors) =>
        errors.Check(burst is >= 1 and <= Maximum, member, burst, "1 to 1000000 requests");
}
