using ApiPoc.Domain.Apis;
using Microsoft.Extensions.Options;

namespace ApiPoc.Worker.Apis;

/// <summary>Adds the APIs this worker may call.</summary>
internal static class ApisRegistration
{
    public static IHostApplicationBuilder AddApis(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<ApisOptions, ApisValidator>(ApisOptions.Section);
        builder.Services.AddSingleton<ApiClient>();
        return builder;
    }

    private sealed class ApisValidator : IValidateOptions<ApisOptions>
    {
        public ValidateOptionsResult Validate(string? name, ApisOptions options) =>
            ApisRules.Faults(options).ToArray() is { Length: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
