namespace ApiPoc.Domain.Jobs;

/// <summary>The queue of jobs: at-least-once delivery with a visibility timeout, and a dead-letter queue beside it.</summary>
public interface IJobQueue
{
    /// <summary>Sends jobs; the current trace travels with each.</summary>
    /// <exception cref="JobQueueUnavailableException">Some may not have been sent; sending them again is safe, for results are recorded once per job id.</exception>
    Task SendAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken);

    /// <summary>Receives up to <paramref name="max"/> messages (1 to 10), waiting up to <paramref name="wait"/> (0 to 20 s) for the first.</summary>
    /// <exception cref="JobQueueUnavailableException">The queue did not answer.</exception>
    Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int max, TimeSpan wait, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>Keeps a received message hidden for <paramref name="visibility"/> from now; zero hands it back at once.</summary>
    /// <returns>False when the receipt is no longer valid: somebody else may have the message.</returns>
    /// <exception cref="JobQueueUnavailableException">The queue did not answer.</exception>
    Task<bool> ChangeVisibilityAsync(QueuedMessage message, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>Removes a message whose work is done.</summary>
    /// <exception cref="JobQueueUnavailableException">The queue did not answer; the message may come again.</exception>
    Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken);

    /// <summary>Puts a message on the dead-letter queue with its reason, then removes it from the queue.</summary>
    /// <exception cref="JobQueueUnavailableException">It may stand on both queues or come again.</exception>
    Task DeadLetterAsync(QueuedMessage message, DeadLetter deadLetter, CancellationToken cancellationToken);

    /// <summary>Approximate numbers of messages, for people and metrics.</summary>
    Task<QueueDepth> GetDepthAsync(CancellationToken cancellationToken);
}

/// <summary>A received message, not yet known to be a job.</summary>
/// <param name="MessageId">The queue's id.</param>
/// <param name="Receipt">Proves this receive; changes with each.</param>
/// <param name="Body">What was sent.</param>
/// <param name="ReceiveCount">How often it has been received, from 1.</param>
/// <param name="TraceParent">W3C trace context of the sender, if any.</param>
/// <param name="SentAt">When it was sent, by the queue's clock; null if unknown.</param>
public sealed record QueuedMessage(string MessageId, string Receipt, string Body, int ReceiveCount, string? TraceParent, DateTimeOffset? SentAt)
{
    /// <summary>The vendors' part of the sender's W3C trace context, if any.</summary>
    public string? TraceState { get; init; }

    /// <summary>Whether it stood on the dead-letter queue before, and was moved back with what stood beside it.</summary>
    public bool IsRedriven { get; init; }
}

/// <summary>Why a message went to the dead-letter queue.</summary>
/// <param name="Reason">A defined code, see <see cref="DeadLetterReason"/>.</param>
/// <param name="Detail">One sentence for people, without secrets.</param>
/// <param name="Attempts">Failed attempts made; 0 when it was never tried.</param>
/// <param name="LastStatus">The last HTTP status, if a call was answered.</param>
public sealed record DeadLetter(string Reason, string Detail, int Attempts, int? LastStatus);

/// <summary>Approximate numbers of messages.</summary>
public sealed record QueueDepth(long Visible, long InFlight, long Delayed, long DeadLettered);

/// <summary>The queue could not be reached or refused.</summary>
public sealed class JobQueueUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
