using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiPoc.Notifier.Tests;

/// <summary>Somebody's webhook on a free loopback port: keeps what is posted and answers as the test wants.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _bodies = new();
    private readonly ConcurrentQueue<string> _headers = new();

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/services/{secret}", ReceiveAsync);
    }

    /// <summary>Answers the n-th post, counted from 1; 200 by default.</summary>
    public Func<int, int> Answer { get; set; } = _ => StatusCodes.Status200OK;

    /// <summary>While set, posts are not answered before it completes.</summary>
    public Task? Hold { get; set; }

    public IReadOnlyList<string> Bodies => [.. _bodies];

    public IReadOnlyList<string> HeaderNames => [.. _headers];

    /// <summary>The address with its secret path.</summary>
    public Uri Url => new($"{_app.Urls.Single()}/services/planted-secret");

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until somebody has posted; the answer may still be held.</summary>
    public async Task WaitForPostAsync()
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_headers.IsEmpty)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, budget.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        _bodies.Enqueue(await reader.ReadToEndAsync());
        foreach (string name in request.Headers.Keys)
            _headers.Enqueue(name);
        int number = _bodies.Count;
        if (Hold is { } hold)
            await hold.WaitAsync(request.HttpContext.RequestAborted);
        return Results.StatusCode(Answer(number));
    }
}
