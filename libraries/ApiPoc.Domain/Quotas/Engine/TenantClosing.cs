namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>A tenant's calls are not sent for a while.</summary>
/// <param name="Until">Until when (µs).</param>
/// <param name="By">Why, for people.</param>
public readonly record struct TenantClosing(long Until, string By);

/// <summary>The API is closed.</summary>
/// <param name="Tenant">To whom alone; null when to all.</param>
/// <param name="Until">Until when (µs).</param>
public readonly record struct KeyClosing(string? Tenant, long Until);
