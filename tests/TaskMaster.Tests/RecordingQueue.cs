using System.Collections.Concurrent;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.TaskMaster.Tests;

/// <summary>Keeps what is sent, or is not there.</summary>
internal sealed class RecordingQueue : IJobQueue
{
    private readonly ConcurrentQueue<Job> _sent = new();

    public bool IsDown { get; set; }

    public IReadOnlyList<Job> Sent => [.. _sent];

    public Task SendAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        if (IsDown)
            throw new JobQueueUnavailableException("planted");
        foreach (var job in jobs)
            _sent.Enqueue(job);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int max, TimeSpan wait, TimeSpan visibility, CancellationToken cancellationToken) => throw NotSent();

    public Task<bool> ChangeVisibilityAsync(QueuedMessage message, TimeSpan visibility, CancellationToken cancellationToken) => throw NotSent();

    public Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken) => throw NotSent();

    public Task DeadLetterAsync(QueuedMessage message, DeadLetter deadLetter, CancellationToken cancellationToken) => throw NotSent();

    public Task<QueueDepth> GetDepthAsync(CancellationToken cancellationToken) => throw NotSent();

    private static NotSupportedException NotSent() => new("A task master only sends.");
}
