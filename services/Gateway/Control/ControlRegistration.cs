using ApiPoc.Gateway.Control.Import;
using ApiPoc.Gateway.Control.Signing;
using ApiPoc.Gateway.Planes;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Control;

/// <summary>Registers the control plane: Amazon API Gateway's own REST API (docs/control-plane.md).</summary>
internal static class ControlRegistration
{
    /// <summary>Adds what the operations need besides the stores.</summary>
    public static IHostApplicationBuilder AddControlPlane(this IHostApplicationBuilder builder)
    {
        builder.AddSigning();
        builder.Services.TryAddSingleton<KeyImporter>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, RequiredQueryPolicy>());
        // Outside Development routing answers a parameter of a wrong type by itself, in another form than AWS's.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        return builder;
    }

    /// <summary>
    /// Maps the operations and answers every call that came in by the control plane. A call passes the list below in this order:
    /// signatures are checked before the routes, so that nothing is told to strangers.
    /// </summary>
    public static WebApplication UseControlPlane(this WebApplication app)
    {
        ControlRoutes.Map(app.MapGroup("").WithMetadata(new ControlPlaneEndpoint()));
        app.UseWhen(http => http.IsOn(Plane.Control), control => control
            .UseMiddleware<ControlErrors>()
            .UseSigning()
            .UseMiddleware<ControlOperation>());
        return app;
    }

    /// <summary>Makes a route one of requests with this query parameter.</summary>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder route, string name, string value) =>
        route.WithMetadata(new RequiredQuery(name, value));
}
