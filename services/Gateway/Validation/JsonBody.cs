using System.Runtime.InteropServices;
using System.Text.Json;

namespace ApiPoc.Gateway.Validation;

/// <summary>Reads JSON from outside: depth at most 32, no repeated members, nothing after the value, no number or text that others read differently.</summary>
internal static class JsonBody
{
    private const int MaxNumberLength = 100;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>What is wrong with <paramref name="body"/>, by place and without its content; null when it is JSON that satisfies <paramref name="model"/>.</summary>
    public static string? Fault(ReadOnlyMemory<byte> body, JsonModel model)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return TextFault(document.RootElement, "$") ?? model.Fault(document.RootElement, "$");
        }
        catch (JsonException malformed)
        {
            return $"{malformed.Path ?? "$"}: not JSON at line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine}";
        }
    }

    private static string? TextFault(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return element.EnumerateObject().Select((member, index) => TextFault(member.Value, $"{path}[member {index}]")).FirstOrDefault(fault => fault is not null);
            case JsonValueKind.Array:
                return element.EnumerateArray().Select((item, index) => TextFault(item, $"{path}[{index}]")).FirstOrDefault(fault => fault is not null);
            case JsonValueKind.Number when JsonMarshal.GetRawUtf8Value(element).Length > MaxNumberLength:
                return $"{path}: a number of more than {MaxNumberLength} characters";
            case JsonValueKind.String when !IsText(element):
                return $"{path}: a lone surrogate";
            default:
                return null;
        }
    }

    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
