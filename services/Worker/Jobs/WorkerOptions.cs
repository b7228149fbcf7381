using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ApiPoc.Worker.Jobs;

/// <summary>Configuration section <c>Worker</c>.</summary>
internal sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>How many jobs are worked on at once; the next is answered <c>Busy</c>. 1 to 1,000, default 20.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 20;

    /// <summary>How long a job is held back after its first failure, doubling with each further one; 0 to 1 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest it is held back; 0 to 1 h, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How much longer than its call an attempt may take before another may begin: time for the ledger's two steps. 100 ms to 1 min,
    /// default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan LeaseMargin { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Holds between values.</summary>
internal sealed class WorkerOptionsValidator : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options) => options.MaxRetryDelay < options.RetryDelay
        ? ValidateOptionsResult.Fail($"{WorkerOptions.Section}:MaxRetryDelay: {options.MaxRetryDelay}: must not be below RetryDelay, {options.RetryDelay}")
        : ValidateOptionsResult.Success;
}
