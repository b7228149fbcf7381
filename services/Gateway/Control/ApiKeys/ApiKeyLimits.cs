using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Control.ApiKeys;

/// <summary>What a key's name and value may be, refused in AWS's words. Values are never repeated.</summary>
internal static class ApiKeyLimits
{
    /// <summary>Gives <paramref name="name"/> back when a key can have it.</summary>
    /// <exception cref="ControlException">It is too long.</exception>
    public static string CheckedName(string name) =>
        name.Length <= ApiKeyRules.MaximumNameLength ? name : throw Refused($"API Key name exceeds maximum size of {ApiKeyRules.MaximumNameLength} characters");

    /// <summary>Gives <paramref name="value"/> back when a key can have it.</summary>
    /// <exception cref="ControlException">It cannot.</exception>
    public static string CheckedValue(string value) => value switch
    {
        { Length: < ApiKeyRules.MinimumLength } => throw Refused($"API Key value should be at least {ApiKeyRules.MinimumLength} characters"),
        { Length: > ApiKeyRules.MaximumLength } => throw Refused($"API Key value exceeds maximum size of {ApiKeyRules.MaximumLength} characters"),
        _ when !ApiKeyRules.IsValue(value) => throw Refused("API Key value may hold visible ASCII characters only"),
        _ => value,
    };

    private static ControlException Refused(string message) => new(ControlError.BadRequest(message));
}
