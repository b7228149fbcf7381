using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Logging;

namespace ApiPoc.Benchmarks.Gateways;

/// <summary>What the gateway is measured beside: the same forward without a gateway, and behind ASP.NET Core's own rate limiter.</summary>
internal static class Contestants
{
    private const string KeyHeader = "x-api-key";

    /// <summary>Serves until it is ended.</summary>
    public static async Task<int> ServeAsync(string role, int port, string backend)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port));
        if (role == "limiter")
            builder.Services.AddRateLimiter(AddLimits);
        await using var app = builder.Build();
        if (role == "limiter")
            app.UseRateLimiter();
        var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
        app.Run(context => ForwardAsync(context, client, backend));
        await app.RunAsync();
        return 0;
    }

    // As many rules as the gateway has in this comparison: a bucket per key, one for the stage, one for the account.
    private static void AddLimits(RateLimiterOptions limits) => limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(context.Request.Headers[KeyHeader].ToString(), _ => Bucket())),
        PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetTokenBucketLimiter("stage", _ => Bucket())),
        PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetTokenBucketLimiter("account", _ => Bucket())));

    private static TokenBucketRateLimiterOptions Bucket() =>
        new() { TokenLimit = 1_000_000, TokensPerPeriod = 1_000_000, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 };

    private static async Task ForwardAsync(HttpContext context, HttpMessageInvoker client, string backend)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, backend + context.Request.Path + context.Request.QueryString);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (name != "Host")
                request.Headers.TryAddWithoutValidation(name, (string?)values);
        }
        using var answer = await client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated)
        {
            if (name != "Transfer-Encoding")
                context.Response.Headers[name] = values.ToString();
        }
        foreach (var (name, values) in answer.Content.Headers.NonValidated)
            context.Response.Headers[name] = values.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
