using ApiPoc.Resilience.Breaker;

namespace Polly;

/// <summary>Adds the shared breaker to a pipeline.</summary>
public static class BreakerPipelineBuilderExtensions
{
    /// <summary>
    /// While the API's breaker is open, for whatever process opened it, calls fail at once with
    /// <see cref="CircuitBreaker.BrokenCircuitException"/>; when a probe is due, one call of the whole fleet is it. 5xx, time-outs and
    /// lost connections count against the API. Place it inside the quota, so that it is asked when a call is about to leave.
    /// </summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options are not valid.</exception>
    public static ResiliencePipelineBuilder<HttpResponseMessage> AddSharedBreaker(
        this ResiliencePipelineBuilder<HttpResponseMessage> builder, BreakerStrategyOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddStrategy(_ => new BreakerStrategy(options, builder.TimeProvider ?? TimeProvider.System), options);
    }
}
