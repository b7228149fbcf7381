using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApiPoc.ServiceDefaults.Tests.Telemetry;

[Collection(ProcessWideTelemetry.Name)]
public sealed class OtlpTests
{
    [Fact]
    public async Task Export_EndpointSet_SendsTracesMetricsAndLogsUnderTheServicesName()
    {
        await using var collector = await Collector.StartAsync();
        await WorkAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "sample"));

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], collector.Received.Keys.Order());
        Assert.All(collector.Received.Values, body => Assert.Contains("sample", body, StringComparison.Ordinal));
        Assert.Contains("sample span", collector.Received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("sample.count", collector.Received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("dotnet.gc.collections", collector.Received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("kestrel.active_connections", collector.Received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", collector.Received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("sample log", collector.Received["/v1/logs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Export_EndpointNotSet_HasNoExporter() =>
        Assert.DoesNotContain(LoopbackService.CreateBuilder().Services, IsExporter);

    [Fact]
    public void Export_EndpointSet_HasAnExporter() =>
        Assert.Contains(LoopbackService.CreateBuilder(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")).Services, IsExporter);

    private static bool IsExporter(ServiceDescriptor service) =>
        service.ServiceType.FullName!.Contains("Otlp", StringComparison.Ordinal)
        || service.ServiceType.GenericTypeArguments.Any(argument => argument.FullName!.Contains("Otlp", StringComparison.Ordinal));

    private static async Task WorkAsync(params (string Key, string Value)[] settings)
    {
        await using var app = LoopbackService.CreateBuilder(settings).Build();
        app.MapGet("/work", (IMeterFactory meters, ILogger<OtlpTests> logger) =>
        {
            using var source = new ActivitySource("ApiPoc.Sample");
            using var span = source.StartActivity("sample span");
            meters.Create("ApiPoc.Sample").CreateCounter<int>("sample.count").Add(1);
            logger.LogInformation("sample log");
        });
        using var client = await app.StartAndConnectAsync();
        using (var response = await client.GetAsync("/work"))
            response.EnsureSuccessStatusCode();

        // Stopping waits for the server span to end; disposal flushes the exporters.
        await app.StopAsync();
    }

    /// <summary>Takes what an OTLP exporter posts; protobuf keeps its strings readable.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app = LoopbackService.CreateBuilder().Build();

        public ConcurrentDictionary<string, string> Received { get; } = new(StringComparer.Ordinal);

        public string Address => _app.Urls.Single();

        public static async Task<Collector> StartAsync()
        {
            var collector = new Collector();
            collector._app.MapPost("/v1/{signal}", collector.ReceiveAsync);
            await collector._app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task ReceiveAsync(HttpRequest request)
        {
            using var reader = new StreamReader(request.Body, Encoding.Latin1);
            string body = await reader.ReadToEndAsync();
            Received.AddOrUpdate(request.Path, body, (_, before) => before + body);
        }
    }
}
