using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Control;

/// <summary>Refuses credentials that everybody knows wherever somebody could be harmed, and ids that stand twice.</summary>
internal sealed class ControlOptionsValidator(IHostEnvironment environment) : IValidateOptions<ControlOptions>
{
    private const string Sample = "test";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ControlOptions options)
    {
        var failures = new List<string>();
        for (int index = 0; index < options.Credentials.Count; index++)
        {
            var credential = options.Credentials[index];
            if (!environment.IsDevelopment() && (credential.AccessKeyId == Sample || credential.SecretAccessKey == Sample))
                failures.Add($"Control:Credentials:{index}: {credential.AccessKeyId}: sample credentials are for Development only");
            if (options.Credentials.FindIndex(other => other.AccessKeyId == credential.AccessKeyId) < index)
                failures.Add($"Control:Credentials:{index}:AccessKeyId: {credential.AccessKeyId}: stands twice");
        }
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
