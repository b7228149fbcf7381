using ApiPoc.Domain.Events;

namespace ApiPoc.Notifier.Tests;

internal static class SampleEvents
{
    public static ThrottleEvent Opened { get; } = Of(ThrottleEventType.BreakerOpened);

    public static ThrottleEvent Of(string type, params (string Key, string Value)[] data) => new()
    {
        Type = type,
        Time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ApiId = "ODG_SURVEYS",
        Reason = "survey quota exceeded",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Data = data.ToDictionary(fact => fact.Key, fact => fact.Value),
    };
}
