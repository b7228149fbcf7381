using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiPoc.Testing;

/// <summary>An external API that answers as a test says, on real Kestrel and a free loopback port.</summary>
public sealed class StubApi : IAsyncDisposable
{
    private readonly ConcurrentQueue<StubCall> _calls = new();
    private readonly WebApplication _app;

    private StubApi()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Where it listens, without a trailing slash.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>How it answers; at first 200 with <c>{"data":[]}</c>.</summary>
    public RequestDelegate Answer { get; set; } = Json(200, """{"data":[]}""");

    /// <summary>The calls it got, in order of arrival.</summary>
    public IReadOnlyList<StubCall> Calls => [.. _calls];

    /// <summary>Starts one.</summary>
    public static async Task<StubApi> StartAsync()
    {
        var api = new StubApi();
        await api._app.StartAsync();
        return api;
    }

    /// <summary>An answer of a status, a JSON body and headers, e.g. <c>Retry-After: 1</c>.</summary>
    public static RequestDelegate Json(int status, string body, params string[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (string header in headers)
        {
            int colon = header.IndexOf(':');
            context.Response.Headers.Append(header[..colon], header[(colon + 1)..].Trim());
        }
        await context.Response.WriteAsync(body);
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _calls.Enqueue(new(context.Request.Path + context.Request.QueryString, headers, TimeProvider.System.GetUtcNow()));
        return Answer(context);
    }
}

/// <summary>A call a <see cref="StubApi"/> got.</summary>
public sealed record StubCall(string Path, IReadOnlyDictionary<string, string> Headers, DateTimeOffset At);
