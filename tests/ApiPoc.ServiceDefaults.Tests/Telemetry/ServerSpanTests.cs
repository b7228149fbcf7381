using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace ApiPoc.ServiceDefaults.Tests.Telemetry;

[Collection(ProcessWideTelemetry.Name)]
public sealed class ServerSpanTests
{
    [Theory]
    [InlineData("/jobs/7?secret=planted", "GET /jobs/{id}", "/jobs/{id}", 200, ActivityStatusCode.Unset)]
    [InlineData("/nothing", "GET", null, 404, ActivityStatusCode.Unset)]
    [InlineData("/busy", "GET /busy", "/busy", 503, ActivityStatusCode.Error)]
    [InlineData("/fail", "GET /fail", "/fail", 500, ActivityStatusCode.Error)]
    public async Task Request_AnyOutcome_LeavesOneNamedSpan(string path, string name, string? route, int statusCode, ActivityStatusCode status)
    {
        var spans = await RequestAsync(path);
        var span = Assert.Single(spans, span => span.Kind == ActivityKind.Server);
        Assert.Equal(
            (name, route, statusCode, status, "GET", path.Split('?')[0]),
            (span.DisplayName, span.GetTagItem("http.route"), span.GetTagItem("http.response.status_code"), span.Status,
                span.GetTagItem("http.request.method"), span.GetTagItem("url.path")));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value is string text && text.Contains("planted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/ready")]
    public async Task Request_HealthProbe_LeavesNoSpan(string path) => Assert.Empty(await RequestAsync(path));

    [Fact]
    public async Task HttpCall_OutsideAnyWork_LeavesNoSpan() =>
        Assert.DoesNotContain(await RequestAsync("/busy"), span => span.Kind == ActivityKind.Client);

    [Fact]
    public async Task HttpCall_InsideWork_LeavesAClientAndAServerSpanOfOneTrace()
    {
        // The source stands for a feature of ours: it is listened to by its prefix.
        using var source = new ActivitySource("ApiPoc.Sample");
        var spans = await RequestAsync("/busy", () => source.StartActivity("work"));
        Assert.Equal([ActivityKind.Internal, ActivityKind.Server, ActivityKind.Client], spans.Select(span => span.Kind).Order());
        Assert.Single(spans.Select(span => span.TraceId).Distinct());
    }

    private static async Task<Activity[]> RequestAsync(string path, Func<Activity?>? beginWork = null)
    {
        using var exporter = new RecordingExporter();
        // Spans are completed for an exporter; nobody listens at this one.
        var builder = LoopbackService.CreateBuilder(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"));
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new SimpleActivityExportProcessor(exporter)));
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGet("/jobs/{id}", (string id) => id);
        app.MapGet("/busy", () => Results.StatusCode(503));
        app.MapGet("/fail", void () => throw new InvalidOperationException("planted"));
        using (var client = await app.StartAndConnectAsync())
        {
            var work = beginWork?.Invoke();
            using var response = await client.GetAsync(path);
            work?.Stop();
        }

        // A server span ends after its answer has arrived; stopping waits for the connection to be done.
        await app.StopAsync();
        await app.DisposeAsync();
        return [.. exporter.Spans];
    }
}
