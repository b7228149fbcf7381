using ApiPoc.Resilience.Quotas;

namespace Polly;

/// <summary>Adds the shared quota to a pipeline.</summary>
public static class QuotaPipelineBuilderExtensions
{
    /// <summary>
    /// Each call waits for a permit of the shared quota and its moment, and tells the quota what it taught. A 429 is tried again with another
    /// permit while there is time; then the 429 itself is the answer. Place it outside of what sends, so that every attempt passes it.
    /// </summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are not valid.</exception>
    public static ResiliencePipelineBuilder<HttpResponseMessage> AddThrottleQuota(
        this ResiliencePipelineBuilder<HttpResponseMessage> builder, QuotaStrategyOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddStrategy(_ => new QuotaStrategy(options, builder.TimeProvider ?? TimeProvider.System), options);
    }
}
