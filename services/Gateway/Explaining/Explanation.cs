using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiPoc.Domain.Throttling;
using ApiPoc.Gateway.Pipeline;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Explaining;

/// <summary>
/// Tells a caller that asks by <c>x-apipoc-explain: 1</c> why: each limit consulted, in order, with what was left before and after and the
/// wait. In Development everybody may ask, elsewhere only keys with that right. The span gets the same as an event.
/// </summary>
internal sealed class Explanation(IHostEnvironment environment, IOptions<GatewayOptions> options)
{
    /// <summary>The header that asks.</summary>
    public const string RequestHeader = "x-apipoc-explain";

    /// <summary>The header that answers: a JSON array.</summary>
    public const string ResponseHeader = "x-apipoc-explanation";

    private readonly bool _isOpenToAll = environment.IsDevelopment() || options.Value.ExplainToAll;

    /// <summary>Whether <paramref name="call"/> asks and may.</summary>
    public bool IsAskedBy(GatewayCall call) =>
        (_isOpenToAll || call.Access?.Key.MayExplain is true) && call.Request.Headers.TryGetValue(RequestHeader, out var asked) && asked == "1";

    /// <summary>Explains <paramref name="call"/> if it asks and may.</summary>
    public void Apply(GatewayCall call)
    {
        if (!IsAskedBy(call))
            return;
        string trace = Describe(call.Decision);
        call.Response.Headers[ResponseHeader] = trace;
        Activity.Current?.AddEvent(new ActivityEvent("limits consulted", tags: new ActivityTagsCollection { ["limits"] = trace }));
    }

    private static string Describe(AdmissionDecision? decision)
    {
        if (decision is null)
            return "[]";
        var text = new StringBuilder("[");
        foreach (var status in decision.Limits)
        {
            long before = decision.IsAdmitted ? status.Remaining + 1 : status.Remaining;
            string wait = status.RetryAfter.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
            text.Append(text.Length == 1 ? "" : ",")
                .Append($"{{\"limit\":\"{JsonEncodedText.Encode(status.Limit.Name)}\",\"kind\":\"{Kind(status.Limit)}\",\"capacity\":{status.Limit.Capacity},")
                .Append($"\"before\":{before},\"after\":{status.Remaining},\"refused\":{(status.IsRefusing ? "true" : "false")},\"wait\":{wait}}}");
        }
        return text.Append(']').ToString();
    }

    private static string Kind(Limit limit) => limit switch
    {
        TokenBucketLimit => "bucket",
        CalendarLimit => "quota",
        _ => "window",
    };
}
