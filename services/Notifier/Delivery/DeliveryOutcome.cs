using System.Text.Json.Serialization;

namespace ApiPoc.Notifier.Delivery;

/// <summary>What became of one event for one subscriber.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryOutcome>))]
internal enum DeliveryOutcome
{
    /// <summary>The subscriber has it.</summary>
    [JsonStringEnumMemberName("delivered")]
    Delivered,

    /// <summary>It had it before.</summary>
    [JsonStringEnumMemberName("repeated")]
    Repeated,

    /// <summary>It was given up.</summary>
    [JsonStringEnumMemberName("dropped")]
    Dropped,

    /// <summary>Another notifier is at it and may still fail: the event has to come again.</summary>
    [JsonStringEnumMemberName("elsewhere")]
    Elsewhere,
}
