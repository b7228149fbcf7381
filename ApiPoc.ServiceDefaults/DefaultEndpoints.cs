using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.ServiceDefaults;

/// <summary>The endpoints and middleware every HTTP service has.</summary>
public static class DefaultEndpoints
{
    internal const string AlivePath = "/alive";
    internal const string ReadyPath = "/ready";

    /// <summary>
    /// Maps <c>/alive</c> (the process answers) and <c>/ready</c> (every health check passes and no stop is under way): 200 or 503 with
    /// <c>{"status":"healthy","checks":{"StackExchange.Redis":"healthy"}}</c>. An unhandled exception becomes problem details without its
    /// text. Comes before the service's own endpoints.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = exception => (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,

            // What a client did wrong is told to the client; it is not our error to log.
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks(ReadyPath, new HealthCheckOptions { ResponseWriter = WriteAsync });
        return app;
    }

    /// <summary>Whether <paramref name="path"/> is one of the health endpoints'.</summary>
    public static bool IsProbe(PathString path) => path == AlivePath || path == ReadyPath;

    internal static void AddDefaultHealthChecks(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<NotStoppingCheck>("host");

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        // Names and states only: a check's error text may name hosts.
        var answer = new HealthAnswer(Name(report.Status), report.Entries.ToDictionary(entry => entry.Key, entry => Name(entry.Value.Status)));
        return context.Response.WriteAsJsonAsync(answer, JsonSerializerOptions.Web, context.RequestAborted);
    }

    private static string Name(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };

    private sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string> Checks);

    /// <summary>Takes the process out of service as soon as it is asked to stop, before it stops answering.</summary>
    private sealed class NotStoppingCheck(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
                ? HealthCheckResult.Unhealthy("stopping")
                : HealthCheckResult.Healthy());
    }
}
