using System.Diagnostics;

namespace ApiPoc.Messaging.Tracing;

/// <summary>W3C trace context as it travels in message attributes.</summary>
/// <param name="TraceParent">The header of the same name.</param>
/// <param name="TraceState">The header of the same name; null for none.</param>
internal readonly record struct TraceContext(string? TraceParent, string? TraceState)
{
    /// <summary>The message attribute of the trace and its sender's span.</summary>
    public const string TraceParentAttribute = "traceparent";

    /// <summary>The message attribute of vendors' state.</summary>
    public const string TraceStateAttribute = "tracestate";

    /// <summary>The context of an activity; empty without one.</summary>
    public static TraceContext Of(Activity? activity) => new(activity?.Id, activity?.TraceStateString);

    /// <summary>The attributes to send; none for an empty context.</summary>
    public IEnumerable<KeyValuePair<string, string>> Attributes()
    {
        if (TraceParent is null)
            yield break;
        yield return new(TraceParentAttribute, TraceParent);
        if (!string.IsNullOrEmpty(TraceState))
            yield return new(TraceStateAttribute, TraceState);
    }

    /// <summary>As the parent of an activity; the default when it is absent or malformed, for a sender's mistake must not cost the message.</summary>
    public ActivityContext ToParent() =>
        ActivityContext.TryParse(TraceParent, TraceState, isRemote: true, out var context) ? context : default;
}
