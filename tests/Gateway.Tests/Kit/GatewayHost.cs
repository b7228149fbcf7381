using ApiPoc.Gateway.Registry;
using ApiPoc.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>The whole gateway on real Kestrel and free loopback ports, with a definition and settings of the test's own.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _factory;
    private readonly string _folder = Directory.CreateTempSubdirectory("apipoc-gateway-").FullName;
    private readonly RecordedLogs _logs = new();
    private readonly SocketsHttpHandler _handler = new() { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };

    private GatewayHost(string definition, RedisServer redis, IEnumerable<(string Key, string Value)> settings, Action<IServiceCollection>? services)
    {
        Write(definition);
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseEnvironment("Development");
            web.ConfigureLogging(logging => logging.AddProvider(_logs));
            web.UseSetting("Kestrel:Endpoints:Control:Url", "http://127.0.0.1:0");
            web.UseSetting("Kestrel:Endpoints:Data:Url", "http://127.0.0.1:0");
            web.UseSetting("ConnectionStrings:redis", redis.ConnectionString);
            web.UseSetting("Gateway:File", DefinitionPath);
            web.UseSetting("Registry:PollInterval", "00:00:00.050");
            // A busy build machine may pause for longer than the fractions of a second that production allows.
            web.UseSetting("Registry:CallTimeout", "00:00:10");
            web.UseSetting("Throttling:Timeout", "00:00:30");
            web.UseSetting("Caching:Timeout", "00:00:30");
            web.UseSetting("Firewall:Interval", "00:00:00.100");
            foreach (var (key, value) in settings)
                web.UseSetting(key, value);
            if (services is not null)
                web.ConfigureServices(services);
        });
        _factory.UseKestrel();
    }

    /// <summary>The definition file, for tests that change it.</summary>
    public string DefinitionPath => Path.Combine(_folder, "gateway.json");

    /// <summary>What the gateway has logged, a string per line with its level and category.</summary>
    public IReadOnlyList<string> Log => _logs.Lines;

    /// <summary>The data plane.</summary>
    public Uri Data { get; private set; } = null!;

    /// <summary>The control plane.</summary>
    public Uri Control { get; private set; } = null!;

    /// <summary>Calls the data plane; sends nothing of its own.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The gateway's services.</summary>
    public IServiceProvider Services => _factory.Services;

    /// <summary>Starts a gateway and waits until its definition's keys are registered.</summary>
    public static Task<GatewayHost> StartAsync(RedisServer redis, string definition, params (string Key, string Value)[] settings) =>
        StartAsync(redis, definition, services: null, settings);

    /// <summary>Starts a gateway with other <paramref name="services"/> in places.</summary>
    public static async Task<GatewayHost> StartAsync(
        RedisServer redis, string definition, Action<IServiceCollection>? services, params (string Key, string Value)[] settings)
    {
        var host = new GatewayHost(definition, redis, settings, services);
        host.Listen();
        try
        {
            await Eventually.IsTrueAsync(() => host.Services.GetRequiredService<RegistrySeeder>().IsDone, "what the definition declares is registered");
            return host;
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} The gateway's log:\n{string.Join('\n', host._logs.Lines)}", late);
        }
    }

    /// <summary>Replaces the definition file.</summary>
    public void Write(string definition) => File.WriteAllText(DefinitionPath, definition);

    /// <summary>Calls an API of the data plane.</summary>
    public async Task<Reply> SendAsync(string method, string path, string? key = null, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Data, $"_aws/execute-api/{path}"));
        if (key is not null)
            request.Headers.TryAddWithoutValidation("x-api-key", key);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }
        return await Reply.OfAsync(await Client.SendAsync(request));
    }

    /// <summary>GETs a path of an API of the data plane.</summary>
    public Task<Reply> GetAsync(string path, string? key = null, params (string Name, string Value)[] headers) => SendAsync("GET", path, key, body: null, headers);

    /// <summary>Calls an operation of the control plane, signed.</summary>
    public async Task<Reply> ControlAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Control, path));
        if (body is not null)
            request.Content = new StringContent(body);
        // A body that is too long is refused without being read, and writing it on would break the connection.
        request.Headers.ExpectContinue = body?.Length > 1_000_000;
        await RequestSigner.SignAsync(request, Services.GetRequiredService<TimeProvider>().GetUtcNow());
        return await Reply.OfAsync(await Client.SendAsync(request));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _handler.Dispose();
        await _factory.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Listen()
    {
        try
        {
            _factory.StartServer();
        }
        catch (ObjectDisposedException ended)
        {
            // The program ran to its end, and only its logs say why.
            throw new InvalidOperationException($"The gateway has ended at its start:\n{string.Join('\n', _logs.Lines)}", ended);
        }
        // Kestrel binds its configured endpoints in the order of their names.
        string[] addresses = [.. _factory.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];
        Control = new Uri(addresses[0] + "/");
        Data = new Uri(addresses[1] + "/");
        Client = new HttpClient(_handler, disposeHandler: false) { BaseAddress = Data };
    }
}
