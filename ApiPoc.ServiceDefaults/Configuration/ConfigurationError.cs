using System.Globalization;

namespace ApiPoc.ServiceDefaults.Configuration;

/// <summary>One wrong setting, printed as <c>key: value: why</c>; values of secret settings are masked.</summary>
internal sealed record ConfigurationError(string Key, object? Value, string Why)
{
    private static readonly string[] SecretWords = ["Key", "Password", "Secret", "Token", "Webhook", "ConnectionString"];

    /// <summary>Whether <paramref name="key"/> is this setting or lies below it.</summary>
    public bool Covers(string key) =>
        key.StartsWith(Key, StringComparison.OrdinalIgnoreCase) && (key.Length == Key.Length || key[Key.Length] == ':');

    public override string ToString() => $"{Key}: {Shown()}: {Why}";

    private string Shown() => Value switch
    {
        null => "(not set)",
        _ when IsSecret() => "(secret)",
        string text => $"'{text.ReplaceLineEndings(" ")}'",
        System.Collections.ICollection collection => $"({collection.Count} items)",
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture) ?? "",
    };

    private bool IsSecret()
    {
        var name = Key[(Key.LastIndexOf(':') + 1)..];
        return SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
