using ApiPoc.Redis.Breaker;
using ApiPoc.Redis.Quotas;
using ApiPoc.Resilience.Quotas;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Polly.CircuitBreaker;

namespace ApiPoc.Resilience.Tests;

/// <summary>The sample of docs/resilience.md, line by line.</summary>
internal static class Sample
{
    public static async Task<string> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddRedisClient("redis");
        builder.AddBreaker();
        builder.AddQuotaEngine();
        builder.Services.AddThrottledHttpClient("ODG_SURVEYS", options => options.MaxWait = TimeSpan.FromSeconds(30));
        await using var app = builder.Build();
        await app.StartAsync();

        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient("ODG_SURVEYS");
        try
        {
            return await client.GetStringAsync("survey/1");
        }
        catch (QuotaExhaustedException refusal) { return $"try again in {refusal.RetryAfter}"; }
        catch (BrokenCircuitException broken) { return $"down: {broken.Message}"; }
    }
}
