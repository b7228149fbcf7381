using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace ApiPoc.ServiceDefaults.Telemetry;

/// <summary>
/// Gives ASP.NET Core's server span what it lacks: route, status and a name to find it by (OpenTelemetry's HTTP conventions); and
/// keeps health probes out of the traces. Stands before every other middleware.
/// </summary>
internal sealed class ServerSpans : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(CompleteSpanAsync);
        next(app);
    };

    private static async Task CompleteSpanAsync(HttpContext context, RequestDelegate next)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (span is null || DefaultEndpoints.IsProbe(context.Request.Path))
        {
            Drop(span);
            await next(context);
            return;
        }

        try
        {
            await next(context);
            Complete(span, context, context.Response.StatusCode);
        }
        catch (Exception exception)
        {
            Complete(span, context, StatusCodes.Status500InternalServerError);
            span.SetTag("error.type", exception.GetType().FullName);
            throw;
        }
    }

    private static void Complete(Activity span, HttpContext context, int statusCode)
    {
        // The exception handler takes the endpoint away and keeps it in its feature.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", statusCode);
        if (statusCode < StatusCodes.Status500InternalServerError)
            return;

        span.SetTag("error.type", statusCode.ToString());
        span.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Leaves the span out of the export, and with it everything it is the parent of.</summary>
    private static void Drop(Activity? span)
    {
        if (span is null)
            return;
        span.IsAllDataRequested = false;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
