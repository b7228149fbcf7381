using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Gateway.Control;

/// <summary>Configuration section <c>Control</c>: who may use the control plane.</summary>
internal sealed class ControlOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Control";

    /// <summary>Whose signatures are accepted; none by default, which closes the control plane. Development has <c>test</c>/<c>test</c>.</summary>
    public List<ControlCredential> Credentials { get; init; } = [];

    /// <summary>The only region requests may be signed for; any by default, so that a client's own setting does not matter.</summary>
    public string? Region { get; set; }
}

/// <summary>One pair of AWS credentials. A class, because a record would print its secret.</summary>
internal sealed class ControlCredential
{
    /// <summary>The access key id; 1 to 128 characters.</summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string AccessKeyId { get; set; } = "";

    /// <summary>The secret access key; 1 to 256 characters.</summary>
    [Required, StringLength(256, MinimumLength = 1)]
    public string SecretAccessKey { get; set; } = "";

    /// <summary>The session token of temporary credentials; none by default.</summary>
    public string? SessionToken { get; set; }
}
