namespace ApiPoc.Domain.Jobs;

/// <summary>Counts worker invocations per day and API, for people.</summary>
public interface IInvocationStats
{
    /// <summary>Counts one invocation, without waiting: a count may be lost when the store is away.</summary>
    void Count(string apiId);

    /// <summary>Invocations per <c>yyyy-MM-dd:api_id</c>, by UTC.</summary>
    /// <exception cref="JobLedgerUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyDictionary<string, long>> ReadAsync(CancellationToken cancellationToken);
}
