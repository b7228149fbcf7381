namespace ApiPoc.Provisioner;

/// <summary>What came of the run. It needs nothing itself, so that it can be had before the environment is known to be right.</summary>
internal sealed class ProvisioningResult
{
    /// <summary>Everything in the template is there.</summary>
    public bool IsCompleted { get; set; }
}
