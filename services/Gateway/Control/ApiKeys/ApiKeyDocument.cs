using ApiPoc.Gateway.ApiKeys;

namespace ApiPoc.Gateway.Control.ApiKeys;

/// <summary>A key as the API shows it.</summary>
internal sealed record ApiKeyDocument(
    string Id,
    string? Value,
    string Name,
    string? CustomerId,
    string? Description,
    bool Enabled,
    DateTimeOffset CreatedDate,
    DateTimeOffset LastUpdatedDate,
    IReadOnlyList<string> StageKeys,
    IReadOnlyDictionary<string, string>? Tags)
{
    /// <summary>Shows <paramref name="key"/>, with its <paramref name="value"/> only where it was asked for.</summary>
    public static ApiKeyDocument Of(ApiKey key, string? value = null) => new(
        key.Id, value, key.Name, key.CustomerId, key.Description.Length == 0 ? null : key.Description, key.Enabled, key.CreatedAt, key.UpdatedAt, [], key.Tags);
}

/// <summary>What a key is created from.</summary>
/// <param name="Name">Its name; the id when not said.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Enabled">Whether it opens anything; false when not said, as in AWS.</param>
/// <param name="Value">Its value; generated when not said.</param>
/// <param name="CustomerId">An AWS Marketplace customer; kept.</param>
/// <param name="Tags">Tags; kept.</param>
internal sealed record CreateApiKeyRequest(
    string? Name, string? Description, bool Enabled, string? Value, string? CustomerId, Dictionary<string, string>? Tags);
