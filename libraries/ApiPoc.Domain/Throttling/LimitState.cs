namespace ApiPoc.Domain.Throttling;

/// <summary>What a store keeps of one limit: two numbers, whatever the limit's type. A limit nobody charged yet has none.</summary>
/// <param name="Amount">Bucket: its backlog in microseconds. Window: the requests counted.</param>
/// <param name="Since">Bucket: when the backlog was measured. Window: when it began. In microseconds since 1970 by the store's clock.</param>
internal readonly record struct LimitState(double Amount, long Since);
