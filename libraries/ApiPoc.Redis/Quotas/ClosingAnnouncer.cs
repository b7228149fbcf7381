using System.Diagnostics;
using System.Globalization;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;
using Microsoft.Extensions.Logging;

namespace ApiPoc.Redis.Quotas;

/// <summary>
/// Tells people of closings by 429s: every one as a span and a measurement, the long ones as an event and a line in the log. Whoever wrote a change
/// announces it, so each is announced by one process. It waits for nobody, and needs nobody to listen.
/// </summary>
internal sealed class ClosingAnnouncer(ClosingMetrics metrics, ILogger<ClosingAnnouncer> logger, IThrottleEvents? events = null)
{
    private const string SourceName = "ApiPoc.Quotas";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The length (µs) from which an API's closings are told of; one that none has where the breaker tells of 429s.</summary>
    public static long ToldFrom(ApiOptions api) => api.OnThrottle == ThrottlePolicy.ClosedUntil ? (long)api.TellClosingsFrom.TotalMicroseconds : long.MaxValue;

    /// <summary>Announces a change that has been written.</summary>
    /// <param name="apiId">The API.</param>
    /// <param name="change">What changed.</param>
    /// <param name="at">When the answer arrived that changed it (µs, the store's time).</param>
    /// <param name="cause">The trace of the call that was answered.</param>
    public void Announce(string apiId, ClosingChange change, long at, ActivityContext cause)
    {
        using var activity = Source.StartActivity(change.IsOver ? "quota reopened" : "quota closed", ActivityKind.Internal, cause);
        activity?.SetTag("api_id", apiId);
        activity?.SetTag("quota.limit", change.Closing.Limit);
        activity?.SetTag("quota.closed_for_ms", Milliseconds(change.Closing.Length));
        activity?.SetTag("quota.refusals", change.Closing.Refusals);

        if (change.IsNew)
            metrics.Began(apiId, change.Closing.Limit);
        if (change.Closing.IsTold)
            Tell(apiId, change, Time(at), (activity?.Context ?? cause).TraceId);
    }

    private void Tell(string apiId, ClosingChange change, DateTimeOffset at, ActivityTraceId trace)
    {
        var (closing, length) = (change.Closing, TimeSpan.FromMicroseconds(change.Closing.Length));
        if (change.IsOver)
            logger.Reopened(apiId, length, closing.Refusals);
        else
            logger.Closed(apiId, closing.Limit, Time(change.Until), length);

        events?.TryPublish(new ThrottleEvent
        {
            Type = change.IsOver ? ThrottleEventType.QuotaReopened : ThrottleEventType.QuotaClosed,
            Time = at,
            ApiId = apiId,
            Reason = change.IsOver ? "a call was accepted" : QuotaClosing.ReasonOf(closing.Limit),
            TraceId = trace == default ? null : trace.ToHexString(),
            Data = Facts(change),
        });
    }

    private static Dictionary<string, string> Facts(ClosingChange change)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["limit"] = change.Closing.Limit,
            ["closed_for_ms"] = Milliseconds(change.Closing.Length).ToString(CultureInfo.InvariantCulture),
            ["refusals"] = change.Closing.Refusals.ToString(CultureInfo.InvariantCulture),
        };
        if (!change.IsOver)
            facts["until"] = Time(change.Until).ToString("O");
        return facts;
    }

    private static long Milliseconds(long micros) => micros / 1000;

    private static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddMicroseconds(micros);
}
