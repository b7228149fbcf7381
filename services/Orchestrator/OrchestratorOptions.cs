using System.ComponentModel.DataAnnotations;
using ApiPoc.Domain.Apis;
using ApiPoc.Orchestrator.Dispatching;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator;

/// <summary>Configuration section <c>Orchestrator</c>.</summary>
internal sealed class OrchestratorOptions
{
    public const string Section = "Orchestrator";

    /// <summary>
    /// Jobs held per API, those in flight among them; 1 to 10,000, default 100. More keep the quota busier when jobs differ in what they charge, and
    /// let tenants share fairly behind a longer backlog of one of them.
    /// </summary>
    [Range(1, 10_000)]
    public int JobsInHand { get; set; } = 100;

    /// <summary>Jobs in flight per API; 1 to 1,000, default 40. Together with the workers' places this bounds what one slow API can occupy.</summary>
    [Range(1, 1_000)]
    public int JobsInFlight { get; set; } = 40;

    /// <summary>
    /// How long a received message stays hidden; renewed at every third of it while its job is in hand. 3 s to 12 h, default 30 s: after a
    /// crash a job is back this much later. Longer than any API's time-out.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:03", "12:00:00")]
    public TimeSpan Visibility { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a receive waits for messages, and so the longest a stop waits for the last one; 0 to 20 s, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Jobs that must wait longer than this go back to the queue until then; 1 s to 1 h, default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HoldAtMost { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long before its moment a job is handed to a worker; 0 to 10 s, default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan DispatchLead { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long to wait when workers have no place or cannot be reached; 10 ms to 1 min, default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan WorkerPause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the job of a worker that died is held back; 0 to 15 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:15:00")]
    public TimeSpan LostJobDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How much longer than its call a worker may take to answer before it counts as dead; 1 s to 5 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan WorkerMargin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stopping process waits for jobs in flight before it hands them back; 0 to 22 s, default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:22")]
    public TimeSpan FinishWithin { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the queue's depth is asked for; 1 s to 1 h, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DepthInterval { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Holds between values, with the APIs' own, and that there are workers.</summary>
internal sealed class OrchestratorOptionsValidator(IOptions<ApisOptions> apis, IConfiguration configuration) : IValidateOptions<OrchestratorOptions>
{
    public ValidateOptionsResult Validate(string? name, OrchestratorOptions options)
    {
        string[] faults = [.. Faults(options), .. SlowApis(options), .. WorkerConnections.Faults(configuration)];
        return faults.Length > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Faults(OrchestratorOptions options)
    {
        if (options.JobsInFlight > options.JobsInHand)
            yield return $"{OrchestratorOptions.Section}:JobsInFlight: {options.JobsInFlight}: must not exceed JobsInHand, {options.JobsInHand}";
    }

    private IEnumerable<string> SlowApis(OrchestratorOptions options)
    {
        try
        {
            return apis.Value.Where(api => api.Value.Timeout >= options.Visibility).Select(api =>
                $"{OrchestratorOptions.Section}:Visibility: {options.Visibility}: must exceed {api.Key}'s Timeout, {api.Value.Timeout}");
        }
        catch (OptionsValidationException)
        {
            return []; // said where it belongs
        }
    }
}
