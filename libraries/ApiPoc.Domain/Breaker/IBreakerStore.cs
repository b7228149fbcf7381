namespace ApiPoc.Domain.Breaker;

/// <summary>Keeps one <see cref="BreakerState"/> per API for all processes; changes it by compare-and-set on the epoch only.</summary>
public interface IBreakerStore
{
    /// <summary>Reads the state and the store's time, by which every deadline in it is meant.</summary>
    /// <exception cref="BreakerUnavailableException">The store did not answer.</exception>
    Task<BreakerReading> ReadAsync(string apiId, CancellationToken cancellationToken);

    /// <summary>Writes <paramref name="next"/> if the epoch is still <paramref name="expectedEpoch"/>, and tells subscribers.</summary>
    /// <returns>Whether it was written; false means somebody else was first.</returns>
    /// <exception cref="BreakerUnavailableException">The store did not answer.</exception>
    Task<bool> TryWriteAsync(string apiId, long expectedEpoch, BreakerState next, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="onChange"/> soon after any process changed a breaker, and with null after changes of any may have gone unheard; calls
    /// may be lost, repeated or out of order.
    /// </summary>
    /// <returns>Ends the subscription when disposed.</returns>
    Task<IAsyncDisposable> SubscribeAsync(Action<string?> onChange, CancellationToken cancellationToken);
}

/// <summary>A state and the store's time when it was read.</summary>
public sealed record BreakerReading(BreakerState State, DateTimeOffset Now);

/// <summary>The store behind an <see cref="IBreakerStore"/> could not answer.</summary>
public sealed class BreakerUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
