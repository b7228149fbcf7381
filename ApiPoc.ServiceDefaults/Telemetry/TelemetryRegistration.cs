using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ApiPoc.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs, exported by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Otherwise our own spans remain, for traces go on
/// through queues and their ids stand in logs and events; what nobody reads is not measured.
/// </summary>
internal static class TelemetryRegistration
{
    internal const string OwnSources = "ApiPoc.*";

    // .NET's own sources carry what the OpenTelemetry instrumentation packages would add, except for what ServerSpans adds.
    internal static readonly string[] Sources = [OwnSources, "Microsoft.AspNetCore", "System.Net.Http"];

    internal static readonly string[] Meters =
    [
        "ApiPoc.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics",
        "System.Net.Http", "System.Runtime",
    ];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => Describe(resource, builder));
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.WithTracing(tracing => tracing.AddSource(OwnSources));
        else
            builder.Export(telemetry);
    }

    private static void Export(this IHostApplicationBuilder builder, OpenTelemetryBuilder telemetry)
    {
        // Without it ASP.NET Core's server span has neither method, path nor server.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

        telemetry
            .WithTracing(tracing => tracing.AddSource(Sources).AddProcessor<BackgroundCallFilter>())
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithLogging(configureBuilder: null, options =>
            {
                options.IncludeFormattedMessage = true;
                options.IncludeScopes = true;
            })
            .UseOtlpExporter();

        builder.Services.TryAddSingleton<BackgroundCallFilter>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ServerSpans>());
    }

    private static void Describe(ResourceBuilder resource, IHostApplicationBuilder builder)
    {
        // The app model names its processes; only a process started by itself needs a name from us.
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_SERVICE_NAME"]))
            resource.AddService(builder.Environment.ApplicationName);
    }
}
