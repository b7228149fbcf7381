using System.ComponentModel.DataAnnotations;
using ApiPoc.Domain.Quotas;
using Microsoft.Extensions.Options;

namespace ApiPoc.ExternalApi.Faults;

/// <summary>Checks what the annotations cannot, and that there are faults in Development only.</summary>
internal sealed class FaultOptionsValidator(IHostEnvironment environment) : IValidateOptions<FaultOptions>
{
    public ValidateOptionsResult Validate(string? name, FaultOptions options)
    {
        string[] faults = [.. RelationFaults(options), .. EnvironmentFaults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Everything that is wrong with options that were switched live.</summary>
    public static IEnumerable<string> Faults(FaultOptions options)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        Validator.TryValidateObject(options.OtherClient, new ValidationContext(options.OtherClient), results, validateAllProperties: true);
        return results.Select(result => result.ErrorMessage!).Concat(RelationFaults(options));
    }

    private static IEnumerable<string> RelationFaults(FaultOptions options)
    {
        double sum = options.ErrorRate + options.HangRate + options.GarbageRate + options.ResetRate;
        if (sum > 1)
            yield return $"{FaultOptions.Section}: the rates add up to {sum}: together they must be at most 1";
        if (ResourcePath.Parse(options.OtherClient.Path) is null)
            yield return $"{FaultOptions.Section}:OtherClient:Path: {options.OtherClient.Path}: is no resource path, e.g. {ResourcePath.Example}";
    }

    private IEnumerable<string> EnvironmentFaults(FaultOptions options)
    {
        if (!environment.IsDevelopment() && !options.IsHarmless())
            yield return $"{FaultOptions.Section}: faults can be set in the environment Development only";
    }
}
