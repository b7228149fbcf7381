using System.Net;
using ApiPoc.Domain.Quotas;
using Polly;
using Polly.CircuitBreaker;

namespace ApiPoc.Resilience.Quotas;

/// <summary>
/// Sends calls with permits of the shared quota: ask, wait for the moment, look whether a 429 has closed the API meanwhile, send, report.
/// Nothing goes beside the quota: a call that was refused is sent again with another permit. A permit whose call was not sent returns.
/// </summary>
internal sealed class QuotaStrategy(QuotaStrategyOptions options, TimeProvider clock) : ResilienceStrategy<HttpResponseMessage>
{
    private readonly PermitDesk _desk = options.Desk!;

    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        var request = options.Request(context);
        var startedAt = clock.GetTimestamp();
        Outcome<HttpResponseMessage>? refused = null;
        while (true)
        {
            Permit permit;
            try
            {
                permit = await AcquireAsync(request, startedAt, context.CancellationToken);
            }
            catch (QuotaExhaustedException) when (refused is not null)
            {
                return refused.Value;
            }
            catch (Exception failure)
            {
                refused?.Result?.Dispose();
                return Outcome.FromException<HttpResponseMessage>(failure);
            }

            refused?.Result?.Dispose();
            var outcome = await SendAsync(permit, callback, context, state);
            if (outcome.Result is not { StatusCode: HttpStatusCode.TooManyRequests })
                return outcome;
            refused = outcome;
        }
    }

    /// <summary>A permit whose moment has just come, while the API is open.</summary>
    private async Task<Permit> AcquireAsync(PermitRequest request, long startedAt, CancellationToken cancellationToken)
    {
        while (true)
        {
            var permit = await _desk.AcquireAsync(request, options.MaxWait - clock.GetElapsedTime(startedAt), cancellationToken);
            try
            {
                await clock.DelayFullyAsync(permit.NotBefore - clock.GetUtcNow(), cancellationToken);
                var closed = await options.Gate!.WaitOutAsync(_desk.ApiId, request.Tenant, clock, cancellationToken);
                if (closed == TimeSpan.Zero && clock.GetUtcNow() - permit.NotBefore <= Permit.SendWithin)
                    return permit;
            }
            catch (OperationCanceledException)
            {
                await _desk.ReturnAsync(permit);
                throw;
            }
            await _desk.ReturnAsync(permit);
        }
    }

    private async ValueTask<Outcome<HttpResponseMessage>> SendAsync<TState>(
        Permit permit, Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        var sentAt = clock.GetUtcNow();
        var outcome = await callback(context, state);
        if (outcome.Exception is BrokenCircuitException)
            await _desk.ReturnAsync(permit);
        else
            await ReportAsync(permit, sentAt, outcome.Result);
        return outcome;
    }

    // Of a call without an answer nothing is known but that it may have been counted.
    private async Task ReportAsync(Permit permit, DateTimeOffset sentAt, HttpResponseMessage? answer)
    {
        var now = clock.GetUtcNow();
        if (answer is { StatusCode: HttpStatusCode.TooManyRequests })
            await options.Gate!.HoldAsync(_desk.ApiId);
        var headers = answer is null ? QuotaHeaders.None : QuotaHeaderReader.Read(answer.Headers, options.TrustHeaders, now);
        try
        {
            await options.Quota!.ReportAsync(
                _desk.ApiId, new(permit.Id, permit.Request.Resource, sentAt, now, (int?)answer?.StatusCode, headers), CancellationToken.None);
        }
        catch (QuotaUnavailableException)
        {
            // The engine keeps the report and writes it with the next; the answer is the caller's all the same.
        }
    }
}
