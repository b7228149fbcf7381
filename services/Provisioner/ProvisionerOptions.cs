using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Provisioner;

/// <summary>Section <c>Provisioner</c>.</summary>
internal sealed class ProvisionerOptions
{
    public const string Section = "Provisioner";

    /// <summary>The CloudFormation template, JSON; a relative path starts beside the program. Default <c>apipoc.template.json</c>.</summary>
    [Required]
    public string Template { get; set; } = "apipoc.template.json";

    /// <summary>How long to wait for SQS to answer before giving up. Default 60 s; 0 to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan WaitForEndpoint { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one resource may take, until a table is there, before giving up. Default 5 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WaitForResource { get; set; } = TimeSpan.FromMinutes(5);
}
