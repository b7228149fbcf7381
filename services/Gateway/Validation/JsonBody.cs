using System.Runtime.InteropServices;
using System.Text.Json;

namespace ApiPoc.Gateway.Validation;

/// <summary>Reads JSON from outside: depth at most 32, no repeated members, nothing after the value, no number or text that others read differently.</summary>
internal static class JsonBody
{
    private const int MaxNumberLength = 100;
    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = MaxDepth };

    /// <summary>For those who want no more than to know that a body is JSON without repeated members.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>What is wrong with <paramref name="body"/>, by place and without its content; null when it is JSON that satisfies <paramref name="model"/>.</summary>
    public static string? Fault(ReadOnlyMemory<byte> body, JsonModel model)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Bounded);
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
                return MemberFault(element, path);
            case JsonValueKind.Array:
                return element.EnumerateArray().Select((item, index) => TextFault(item, $"{path}[{index}]")).FirstOrDefault(fault => fault is not null);
            case JsonValueKind.Number when JsonMarshal.GetRawUtf8Value(element).Length > MaxNumberLength:
                return $"{path}: a number of more than {MaxNumberLength} characters";
            case JsonValueKind.String when TextOf(() => element.GetString()) is null:
                return $"{path}: a lone surrogate";
            default:
                return null;
        }
    }

    private static string? MemberFault(JsonElement element, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        int index = 0;
        foreach (var member in element.EnumerateObject())
        {
            string place = $"{path}[member {index++}]";
            if (TextOf(() => member.Name) is not { } name)
                return $"{place}: a lone surrogate";
            if (!names.Add(name))
                return $"{place}: a name that stands twice";
            if (TextFault(member.Value, place) is { } fault)
                return fault;
        }
        return null;
    }

    private static string? TextOf(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
