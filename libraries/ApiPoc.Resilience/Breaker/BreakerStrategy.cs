using System.Net;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Quotas;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace ApiPoc.Resilience.Breaker;

/// <summary>Sends calls only while the shared breaker lets them, and tells it how they ended.</summary>
internal sealed class BreakerStrategy(BreakerStrategyOptions options, TimeProvider clock) : ResilienceStrategy<HttpResponseMessage>
{
    private readonly SharedBreaker _breaker = options.Breaker!;

    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        BreakerPass pass;
        try
        {
            pass = await _breaker.EnterAsync(options.ApiId, context.CancellationToken);
        }
        catch (Exception failure) when (failure is BrokenCircuitException or OperationCanceledException)
        {
            return Outcome.FromException<HttpResponseMessage>(failure);
        }
        catch (BreakerUnavailableException failure)
        {
            // Without the shared state nobody knows; not to send is what harms no API.
            return Outcome.FromException<HttpResponseMessage>(new BrokenCircuitException($"The breaker of {options.ApiId} cannot be read.", failure));
        }

        var outcome = await callback(context, state);
        try
        {
            await TellAsync(pass, outcome);
        }
        catch (BreakerUnavailableException)
        {
            // The lesson is lost, the answer is not.
        }
        return outcome;
    }

    private Task TellAsync(BreakerPass pass, Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Result: { StatusCode: HttpStatusCode.TooManyRequests } answer } =>
            _breaker.ThrottledAsync(options.ApiId, pass, QuotaHeaderReader.Read(answer.Headers, QuotaHeaderTrust.All, clock.GetUtcNow()).RetryAfter),
        { Result: { StatusCode: >= HttpStatusCode.InternalServerError } answer } => _breaker.FailedAsync(options.ApiId, pass, $"{(int)answer.StatusCode}"),
        { Result: not null } => _breaker.SucceededAsync(options.ApiId, pass),
        { Exception: TimeoutRejectedException } => _breaker.FailedAsync(options.ApiId, pass, "timeout"),
        { Exception: HttpRequestException or IOException } => _breaker.FailedAsync(options.ApiId, pass, "connection failed"),
        _ => Task.CompletedTask, // given up by the caller: says nothing of the API
    };
}
