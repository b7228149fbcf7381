using System.Text.Encodings.Web;
using System.Text.Json;

namespace ApiPoc.Gateway.Responses;

/// <summary>One row of the error matrix: an answer the gateway gives by itself.</summary>
/// <param name="Type">The gateway response type, e.g. <c>THROTTLED</c>; ours where AWS names none.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ErrorType">The header <c>x-amzn-ErrorType</c>.</param>
/// <param name="Message">What the body says; null is a JSON null, as AWS sends it.</param>
/// <param name="Member">The body's only member; <c>message</c> but for an authorizer's refusal.</param>
internal sealed record GatewayError(string Type, int Status, string ErrorType, string? Message, string Member = "message")
{
    // AWS escapes nothing that JSON does not require; its own client libraries compare these texts.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body, UTF-8.</summary>
    public ReadOnlyMemory<byte> Body { get; } =
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>(StringComparer.Ordinal) { [Member] = Message }, Plain);
}
