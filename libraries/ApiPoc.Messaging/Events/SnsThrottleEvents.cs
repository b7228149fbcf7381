using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using ApiPoc.Domain.Events;
using ApiPoc.Messaging.Tracing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.Messaging.Events;

/// <summary>The buffer between those who report events and the publisher: bounded in number and size, never waited for.</summary>
internal sealed partial class SnsThrottleEvents(IOptions<MessagingOptions> options, MessagingMetrics metrics, ILogger<SnsThrottleEvents> logger) : IThrottleEvents
{
    /// <summary>Ten of these, a full batch, stay within the 256 KiB SNS takes.</summary>
    public const int MaxBytes = 16 * 1024;

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Channel<PendingEvent> _buffer = Channel.CreateBounded<PendingEvent>(new BoundedChannelOptions(options.Value.EventBuffer) { SingleReader = true });

    public ChannelReader<PendingEvent> Pending => _buffer.Reader;

    public bool TryPublish(ThrottleEvent throttleEvent)
    {
        var activity = Activity.Current;
        var traced = throttleEvent.TraceId is null && activity is not null ? throttleEvent with { TraceId = activity.TraceId.ToHexString() } : throttleEvent;
        var pending = new PendingEvent(traced.Type, JsonSerializer.Serialize(traced, Json), TraceContext.Of(activity));

        if (Encoding.UTF8.GetByteCount(pending.Json) > MaxBytes)
            return Drop(pending, EventDropReason.TooLarge);
        return _buffer.Writer.TryWrite(pending) || Drop(pending, EventDropReason.BufferFull);
    }

    /// <summary>Takes no more events; those buffered can still be read.</summary>
    public void Complete() => _buffer.Writer.TryComplete();

    private bool Drop(PendingEvent pending, EventDropReason reason)
    {
        metrics.EventsDropped(1, reason);
        LogDropped(logger, pending.Type, reason);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Type} was dropped: {Reason}")]
    private static partial void LogDropped(ILogger logger, string type, EventDropReason reason);
}
