using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>A back end on a free loopback port that answers as the test wants and counts its calls.</summary>
public sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private Backend(WebApplication app) => _app = app;

    /// <summary>Its address, without a trailing slash.</summary>
    public string Address { get; private set; } = "";

    /// <summary>How many calls have come.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Starts a back end that answers every call by <paramref name="answer"/>.</summary>
    public static async Task<Backend> StartAsync(RequestDelegate answer)
    {
        // Empty, because the gateway's own settings file lies in this folder too.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var backend = new Backend(builder.Build());
        backend._app.Run(context =>
        {
            Interlocked.Increment(ref backend._calls);
            return answer(context);
        });
        await backend._app.StartAsync();
        backend.Address = backend._app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return backend;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Hanging calls are part of the tests, so it does not wait for them.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
