using System.ComponentModel.DataAnnotations;
using ApiPoc.Domain.Jobs;
using Microsoft.Extensions.Options;

namespace ApiPoc.TaskMaster.Jobs;

/// <summary>Section <c>JobSource</c>: which work is made up.</summary>
internal sealed class JobSourceOptions
{
    public const string Section = "JobSource";

    /// <summary>The API the jobs are for, as the consumer's section <c>Apis</c> names it; default <c>ODG_SURVEYS</c>.</summary>
    [Required]
    public string ApiId { get; set; } = "ODG_SURVEYS";

    /// <summary>Whose share of the quota they use; empty, the default, is the default tenant.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>
    /// What every job reads, where the API has no surveys: a plain relative path in which <c>{number}</c> is the job's number in its run, e.g.
    /// <c>items/{number}</c>. Empty, the default: surveys, interviews and attachments by <see cref="Mix"/>.
    /// </summary>
    [RegularExpression(@"[\w\-.~:@,=+/{}]*", ErrorMessage = "must be a plain relative path, with {number} for the job's number")]
    public string Resource { get; set; } = "";

    /// <summary>Makes the n-th job of every run the same for the same seed; default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Jobs read surveys 1 to this; 1 to 1,000,000, default 50.</summary>
    [Range(1, 1_000_000)]
    public int Surveys { get; set; } = 50;

    /// <summary>Attachments are read of interviews 1 to this; 1 to 1,000,000, default 20.</summary>
    [Range(1, 1_000_000)]
    public int Interviews { get; set; } = 20;

    /// <summary>How often each operation occurs beside the others.</summary>
    [Required]
    public JobMix Mix { get; set; } = new();
}

/// <summary>Weights: 6, 3 and 1 make of ten jobs on average six, three and one.</summary>
internal sealed class JobMix
{
    /// <summary>Of <see cref="JobOperation.NewSurveys"/>; 0 to 1,000, default 6.</summary>
    [Range(0, 1_000)]
    public int NewSurveys { get; set; } = 6;

    /// <summary>Of <see cref="JobOperation.NewInterviews"/>; 0 to 1,000, default 3.</summary>
    [Range(0, 1_000)]
    public int NewInterviews { get; set; } = 3;

    /// <summary>Of <see cref="JobOperation.NewAttachments"/>; 0 to 1,000, default 1.</summary>
    [Range(0, 1_000)]
    public int NewAttachments { get; set; } = 1;

    internal int Total => NewSurveys + NewInterviews + NewAttachments;
}

/// <summary>Something has to be produced.</summary>
internal sealed class JobSourceOptionsValidator : IValidateOptions<JobSourceOptions>
{
    public ValidateOptionsResult Validate(string? name, JobSourceOptions options) => options.Mix.Total != 0
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{JobSourceOptions.Section}:Mix: 0, 0 and 0: no operation is left: at least one above 0");
}
