using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.ServiceDefaults;

/// <summary>Bounds on what one client can make a server hold.</summary>
internal static class HttpServerLimits
{
    private const int KiB = 1024;

    public static void AddHttpServerLimits(this IHostApplicationBuilder builder) =>
        builder.Services.Configure<KestrelServerOptions>(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxConcurrentConnections = 1_000;
            server.Limits.MaxRequestBodySize = 1_024 * KiB;
            server.Limits.MaxRequestLineSize = 8 * KiB;
            server.Limits.MaxRequestHeadersTotalSize = 32 * KiB;
            server.Limits.MaxRequestHeaderCount = 100;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            server.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            server.Limits.Http2.MaxStreamsPerConnection = 100;
        });
}
