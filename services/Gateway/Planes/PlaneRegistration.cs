using Microsoft.AspNetCore.Connections;

namespace ApiPoc.Gateway.Planes;

/// <summary>Keeps the two planes apart, although one process serves both.</summary>
internal static class PlaneRegistration
{
    /// <summary>Marks every connection with the plane of its Kestrel endpoint (<c>Kestrel:Endpoints:Data</c> and <c>…:Control</c>).</summary>
    public static WebApplicationBuilder AddPlanes(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel((context, server) => server.Configure(context.Configuration.GetSection("Kestrel"))
            .Endpoint(nameof(Plane.Data), endpoint => endpoint.ListenOptions.Use(Mark(Plane.Data)))
            .Endpoint(nameof(Plane.Control), endpoint => endpoint.ListenOptions.Use(Mark(Plane.Control))));
        return builder;
    }

    /// <summary>Whether this call came in by <paramref name="plane"/>.</summary>
    public static bool IsOn(this HttpContext context, Plane plane) => context.Features.Get<PlaneFeature>()?.Plane == plane;

    private static Func<ConnectionDelegate, ConnectionDelegate> Mark(Plane plane)
    {
        // A request sees its connection's features, so one object per plane marks them all.
        var feature = new PlaneFeature(plane);
        return next => connection =>
        {
            connection.Features.Set(feature);
            return next(connection);
        };
    }

    private sealed record PlaneFeature(Plane Plane);
}
