using System.ComponentModel.DataAnnotations;

namespace ApiPoc.TaskMaster.Runs;

/// <summary>Section <c>Runs</c>.</summary>
internal sealed class RunsOptions
{
    public const string Section = "Runs";

    /// <summary>Jobs sent when the process has started, so that there is something to see; 0 to 100,000, default 10, 0 sends none.</summary>
    [Range(0, RunSender.MaxJobs)]
    public int JobsOnStart { get; set; } = 10;
}
