using System.Globalization;
using System.Text.Json;

namespace ApiPoc.Gateway.Control.Patching;

/// <summary>The body of every PATCH.</summary>
/// <param name="PatchOperations">Changes, made in this order, all or none.</param>
internal sealed record PatchRequest(IReadOnlyList<PatchOperation>? PatchOperations);

/// <summary>One change.</summary>
/// <param name="Op"><c>add</c>, <c>replace</c> or <c>remove</c>.</param>
/// <param name="Path">What is changed, a JSON pointer: <c>~1</c> stands for a slash within a name.</param>
/// <param name="Value">The new value, always as text.</param>
internal sealed record PatchOperation(string? Op, string? Path, string? Value)
{
    /// <summary>The value as text; empty when there is none.</summary>
    public string Text => Value ?? "";

    /// <summary>The value as true or false.</summary>
    /// <exception cref="ControlException">It is neither.</exception>
    public bool Boolean => bool.TryParse(Value, out bool value) ? value : throw Refused("true or false");

    /// <summary>The value as a whole number.</summary>
    /// <exception cref="ControlException">It is none.</exception>
    public int Integer => int.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : throw Refused("a whole number");

    /// <summary>The value as a number.</summary>
    /// <exception cref="ControlException">It is none.</exception>
    public double Number => double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
        ? value : throw Refused("a number");

    /// <summary>The value as one of an enumeration's names, as AWS writes them.</summary>
    /// <exception cref="ControlException">It is none of them.</exception>
    public T OneOf<T>(IReadOnlyDictionary<string, T> names) => Value is not null && names.TryGetValue(Value, out var value)
        ? value : throw Refused($"one of {string.Join(", ", names.Keys)}");

    /// <summary>The value as JSON.</summary>
    /// <exception cref="ControlException">It is none of this shape.</exception>
    public T Json<T>() where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Text, ControlJson.Options) ?? throw Refused("a JSON object");
        }
        catch (JsonException)
        {
            throw Refused("a JSON object");
        }
    }

    /// <summary>Refuses the value.</summary>
    public ControlException Refused(string expected) => new(ControlError.BadRequest($"Invalid value '{Value}' for patch path '{Path}': expected {expected}"));
}
