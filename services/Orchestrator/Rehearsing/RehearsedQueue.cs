using ApiPoc.Domain.Jobs;

namespace ApiPoc.Orchestrator.Rehearsing;

/// <summary>A queue without messages that takes whatever is done to one.</summary>
internal sealed class RehearsedQueue : IJobQueue
{
    public Task SendAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<QueuedMessage>> ReceiveAsync(int max, TimeSpan wait, TimeSpan visibility, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QueuedMessage>>([]);

    public Task<bool> ChangeVisibilityAsync(QueuedMessage message, TimeSpan visibility, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task DeleteAsync(QueuedMessage message, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DeadLetterAsync(QueuedMessage message, DeadLetter deadLetter, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<QueueDepth> GetDepthAsync(CancellationToken cancellationToken) => Task.FromResult(new QueueDepth(0, 0, 0, 0));
}
