using System.Diagnostics;

namespace ApiPoc.Domain.Jobs;

/// <summary>Spans of jobs.</summary>
public static class JobActivity
{
    /// <summary>The activity source's name.</summary>
    public const string SourceName = "ApiPoc.Jobs";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts a span named <c>{verb} {operation}</c> about a job; null when nobody listens.</summary>
    public static Activity? Start(string verb, Job job)
    {
        var activity = Source.StartActivity($"{verb} {job.Operation}");
        activity?.SetTag("job_id", job.JobId);
        activity?.SetTag("api_id", job.ApiId);
        activity?.SetTag("resource", job.Resource);
        return activity;
    }

    /// <summary>Notes what came of it.</summary>
    public static void SetOutcome(this Activity? activity, JobOutcome outcome)
    {
        activity?.SetTag("job.outcome", outcome.Kind.ToString());
        activity?.SetTag("job.attempts", outcome.Attempts);
        if (outcome.StatusCode is { } status)
            activity?.SetTag("http.response.status_code", status);
        if (outcome.Kind is JobOutcomeKind.Failed or JobOutcomeKind.Rejected)
            activity?.SetStatus(ActivityStatusCode.Error, outcome.Reason);
    }
}
