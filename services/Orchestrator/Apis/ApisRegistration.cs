using ApiPoc.Domain.Apis;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Apis;

/// <summary>Adds the APIs jobs may name.</summary>
internal static class ApisRegistration
{
    public static IHostApplicationBuilder AddApis(this IHostApplicationBuilder builder) =>
        builder.AddCheckedOptions<ApisOptions, ApisValidator>(ApisOptions.Section);

    private sealed class ApisValidator : IValidateOptions<ApisOptions>
    {
        public ValidateOptionsResult Validate(string? name, ApisOptions options) =>
            ApisRules.Faults(options).ToArray() is { Length: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
