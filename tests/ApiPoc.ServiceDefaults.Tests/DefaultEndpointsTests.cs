using System.Net;
using ApiPoc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace ApiPoc.ServiceDefaults.Tests;

public sealed class DefaultEndpointsTests
{
    [Fact]
    public async Task Ready_EveryCheckPasses_Answers200WithTheirNames()
    {
        await using var app = Build(HealthCheckResult.Healthy());
        using var client = await app.StartAndConnectAsync();
        await AssertAnswerAsync(client, "/ready", HttpStatusCode.OK, """{"status":"healthy","checks":{"host":"healthy","dependency":"healthy"}}""");
    }

    [Fact]
    public async Task Ready_CheckFails_Answers503WithoutItsText()
    {
        await using var app = Build(HealthCheckResult.Unhealthy("secret host name"));
        using var client = await app.StartAndConnectAsync();
        await AssertAnswerAsync(
            client, "/ready", HttpStatusCode.ServiceUnavailable, """{"status":"unhealthy","checks":{"host":"healthy","dependency":"unhealthy"}}""");
    }

    [Fact]
    public async Task Ready_CheckFails_IsNoErrorInTheLogAtEveryProbe()
    {
        using var logs = new RecordedLogs();
        await using var app = Build(HealthCheckResult.Unhealthy("not yet"), logs);
        using var client = await app.StartAndConnectAsync();
        using var response = await client.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.DoesNotContain(logs.Lines, line => line.Contains("not yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alive_CheckFails_Answers200()
    {
        await using var app = Build(HealthCheckResult.Unhealthy());
        using var client = await app.StartAndConnectAsync();
        await AssertAnswerAsync(client, "/alive", HttpStatusCode.OK, """{"status":"healthy","checks":{}}""");
    }

    [Fact]
    public async Task Ready_Stopping_Answers503WhileRequestsAreStillServed()
    {
        await using var app = Build(HealthCheckResult.Healthy());
        HttpStatusCode? whileStopping = null;
        using var client = await app.StartAndConnectAsync();
        app.Lifetime.ApplicationStopping.Register(() =>
            whileStopping = client.Send(new HttpRequestMessage(HttpMethod.Get, "/ready")).StatusCode);

        await app.StopAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, whileStopping);
    }

    [Fact]
    public async Task Request_HandlerThrows_AnswersProblemDetailsWithoutTheExceptionsText()
    {
        await using var app = Build(HealthCheckResult.Healthy());
        app.MapGet("/fail", void () => throw new InvalidOperationException("planted"));
        using var client = await app.StartAndConnectAsync();

        using var response = await client.GetAsync("/fail");
        Assert.Equal((HttpStatusCode.InternalServerError, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.DoesNotContain("planted", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_BodyOverOneMebibyte_IsRefusedAndTheServerIsNotNamed()
    {
        await using var app = Build(HealthCheckResult.Healthy());
        app.MapPost("/length", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null);
            return request.ContentLength;
        });
        using var client = await app.StartAndConnectAsync();

        using var fits = await client.PostAsync("/length", new ByteArrayContent(new byte[1024 * 1024]));
        using var tooLarge = await client.PostAsync("/length", new ByteArrayContent(new byte[1024 * 1024 + 1]));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge), (fits.StatusCode, tooLarge.StatusCode));
        Assert.Empty(fits.Headers.Server);
    }

    private static WebApplication Build(HealthCheckResult dependency, RecordedLogs? logs = null)
    {
        var builder = LoopbackService.CreateBuilder();
        if (logs is not null)
            builder.Logging.AddProvider(logs);
        builder.Services.AddHealthChecks().AddCheck("dependency", () => dependency);
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }

    private static async Task AssertAnswerAsync(HttpClient client, string path, HttpStatusCode statusCode, string body)
    {
        using var response = await client.GetAsync(path);
        Assert.Equal((statusCode, body), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }
}
