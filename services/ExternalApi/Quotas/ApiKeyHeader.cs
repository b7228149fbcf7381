namespace ApiPoc.ExternalApi.Quotas;

/// <summary>Who calls, by the header <c>x-api-key</c>: a name for a quota and not a secret here, as the contract's <c>/keys</c> shows it.</summary>
internal static class ApiKeyHeader
{
    private const string Header = "x-api-key";
    private const string Anonymous = "none";
    private const int MaxLength = 128;

    /// <summary>The key, <c>none</c> when none is sent; null when it cannot be one, then <paramref name="fault"/> says why.</summary>
    public static string? Read(HttpRequest request, out string fault)
    {
        var values = request.Headers[Header];
        string key = values.ToString();
        fault = values.Count > 1 ? $"More than one {Header} header."
            : key.Length > MaxLength ? $"{Header} must have at most {MaxLength} characters."
            : "";
        return fault.Length > 0 ? null : key.Length == 0 ? Anonymous : key;
    }
}
