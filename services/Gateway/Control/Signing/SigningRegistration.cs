using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Control.Signing;

/// <summary>Registers AWS Signature Version 4.</summary>
internal static class SigningRegistration
{
    // As the service model of Amazon API Gateway names it.
    private const string SigningName = "apigateway";

    /// <summary>Adds the credentials that may use the control plane.</summary>
    public static IHostApplicationBuilder AddSigning(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<ControlOptions, ControlOptionsValidator>(ControlOptions.Section);
        builder.Services.TryAddSingleton(services =>
        {
            var options = services.GetRequiredService<IOptions<ControlOptions>>().Value;
            return new SignatureVerifier(options.Credentials, SigningName, options.Region);
        });
        return builder;
    }

    /// <summary>Refuses requests that are not signed.</summary>
    public static IApplicationBuilder UseSigning(this IApplicationBuilder app) => app.UseMiddleware<SignatureCheck>();
}
