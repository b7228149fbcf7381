using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Tells processes where telemetry goes and who they are.</summary>
public static class OtlpConfigurationExtensions
{
    /// <summary>Lets the resource send telemetry to the dashboard; projects do so without being asked.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment => builder.WithAnnotation<OtlpExporterAnnotation>().WithEnvironment(context =>
        {
            var configuration = builder.ApplicationBuilder.Configuration;
            var variables = context.EnvironmentVariables;
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? "http://localhost:18889";
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={ProcessTokens.InstanceId}";
            variables["OTEL_SERVICE_NAME"] = context.Resource.Name;
            if (configuration["AppHost:OtlpApiKey"] is { } key)
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
            if (!builder.ApplicationBuilder.Environment.IsDevelopment())
                return;
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        });
}

/// <summary>The resource sends telemetry.</summary>
internal sealed class OtlpExporterAnnotation : IResourceAnnotation;
