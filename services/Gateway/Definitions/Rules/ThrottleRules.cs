namespace ApiPoc.Gateway.Definitions;

/// <summary>What a token bucket must hold.</summary>
internal static class ThrottleRules
{
    /// <summary>The largest rate and burst.</summary>
    public const long Maximum = 1_000_000;

    /// <summary>Checks one throttle.</summary>
    public static void Validate(ThrottleDefinition throttle, DefinitionErrors errors)
    {
        CheckRate(throttle.RateLimit, "rateLimit", errors);
        CheckBurst(throttle.BurstLimit, "burstLimit", errors);
    }

    /// <summary>Checks a rate in requests per second.</summary>
    public static void CheckRate(double rate, string member, DefinitionErrors errors) =>
        errors.Check(rate is > 0 and <= Maximum, member, rate, "above 0, at most 1000000 requests per second");

    /// <summary>Checks a bucket's size in requests.</summary>
    public static void CheckBurst(long burst, string member, DefinitionErrors errors) =>
        errors.Check(burst is >= 1 and <= Maximum, member, burst, "1 to 1000000 requests");
}
