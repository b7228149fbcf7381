namespace ApiPoc.Domain.Quotas;

/// <summary>That an API is closed by 429s, for people.</summary>
/// <param name="Reason">The limit blamed, as in what jobs wait for.</param>
/// <param name="Since">When the first 429 was answered, UTC.</param>
/// <param name="Until">When calls may leave again, UTC.</param>
/// <param name="Left">How long that still is.</param>
/// <param name="Refusals">429s since it began.</param>
public sealed record ApiClosing(string Reason, DateTimeOffset Since, DateTimeOffset Until, TimeSpan Left, long Refusals);
