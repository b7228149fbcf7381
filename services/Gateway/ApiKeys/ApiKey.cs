namespace ApiPoc.Gateway.ApiKeys;

/// <summary>An API key as it is registered. The value itself is nowhere in it.</summary>
internal sealed record ApiKey
{
    /// <summary>The id; unique.</summary>
    public required string Id { get; init; }

    /// <summary>The name; 1 to 1024 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The value's <see cref="KeyDigest"/>; unique.</summary>
    public required string Digest { get; init; }

    /// <summary>The value encrypted by <see cref="KeyProtection"/>; null when values are not kept.</summary>
    public string? ProtectedValue { get; init; }

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether it opens anything.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether its holder may ask for an explanation.</summary>
    public bool MayExplain { get; init; }

    /// <summary>An AWS Marketplace customer; kept for clients.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Tags; kept for clients.</summary>
    public Dictionary<string, string>? Tags { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
