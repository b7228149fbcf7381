using ApiPoc.Domain.Jobs;

namespace ApiPoc.Orchestrator.Dispatching;

/// <summary>What came back from handing a job to a worker.</summary>
/// <param name="Kind">Whether it was answered.</param>
/// <param name="Outcome">The answer, when there is one.</param>
/// <param name="Problem">What went wrong, when there is none.</param>
internal sealed record WorkerReply(WorkerReplyKind Kind, JobOutcome? Outcome, string Problem)
{
    /// <summary>Whether the worker could not take it for want of a place.</summary>
    public bool HasNoPlace => Outcome is { Kind: JobOutcomeKind.Busy, Reason: JobOutcome.NoPlace };

    public static WorkerReply Answered(JobOutcome outcome) => new(WorkerReplyKind.Answered, outcome, "");

    public static WorkerReply Unreachable(string problem) => new(WorkerReplyKind.Unreachable, null, problem);

    public static WorkerReply Lost(string problem) => new(WorkerReplyKind.Lost, null, problem);
}

/// <summary>The kinds of replies.</summary>
internal enum WorkerReplyKind
{
    /// <summary>The worker said what came of the job.</summary>
    Answered,

    /// <summary>No worker took it: nothing was begun.</summary>
    Unreachable,

    /// <summary>A worker may have taken it and never answered: it has died, or as good as.</summary>
    Lost,
}
