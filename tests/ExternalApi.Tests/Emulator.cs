using System.Net.Http.Json;
using System.Text.Json;
using ApiPoc.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace ApiPoc.ExternalApi.Tests;

/// <summary>The emulator on real Kestrel and a real Redis of its own.</summary>
public sealed class Emulator : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string Attachment = "/survey/1/interview/1/attachment/1";

    public string Environment { get; init; } = "Development";

    public RedisServer Redis { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public RecordedMeters Meters { get; } = new();

    public async Task InitializeAsync()
    {
        Redis = await RedisServer.StartAsync();
        UseKestrel(0);
        StartServer();
        Client = CreateClient();
        await UntilReadyAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Redis.DisposeAsync();
        Meters.Dispose();
    }

    /// <summary>Calls with an API key, the path exactly as given.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string? apiKey = null, string method = "GET")
    {
        Uri uri = new($"{Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        HttpRequestMessage request = new(new HttpMethod(method), uri);
        if (apiKey is not null)
            request.Headers.TryAddWithoutValidation("x-api-key", apiKey);
        return Client.SendAsync(request);
    }

    /// <summary>Calls so many times, one after the other, and returns the last answer.</summary>
    public async Task<HttpResponseMessage> GetTimesAsync(int times, string path, string? apiKey = null)
    {
        HttpResponseMessage last = null!;
        for (int i = 0; i < times; i++)
            last = await GetAsync(path, apiKey);
        return last;
    }

    /// <summary>Puts a live switch and expects it to be taken.</summary>
    public async Task SwitchAsync(string what, object body)
    {
        var answer = await Client.PutAsJsonAsync($"/admin/{what}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>All quota full, everything as configured.</summary>
    public async Task ResetAsync()
    {
        (await Client.DeleteAsync("/admin/quotas")).EnsureSuccessStatusCode();
        (await Client.DeleteAsync("/admin/faults")).EnsureSuccessStatusCode();
        (await Client.DeleteAsync("/keys")).EnsureSuccessStatusCode();
    }

    /// <summary>What is left, as <c>name=value</c>, as <c>/keys</c> lists it.</summary>
    public async Task<string[]> KeysLeftAsync()
    {
        var answer = await Client.GetFromJsonAsync<JsonElement>("/keys");
        return [.. answer.GetProperty("keys").EnumerateArray().Select(key => $"{key.GetProperty("name")}={key.GetProperty("value")}")];
    }

    /// <summary>A connection of the test's own.</summary>
    public Task<ConnectionMultiplexer> ConnectRedisAsync() => ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString);

    /// <summary>Waits until every dependency answers.</summary>
    public async Task UntilReadyAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (!(await Client.GetAsync("/ready", patience.Token)).IsSuccessStatusCode)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseSetting("ConnectionStrings:redis", Redis.ConnectionString);
        // On a busy machine a decision may take longer than in production.
        builder.UseSetting("Throttling:Timeout", "00:00:05");
        builder.ConfigureServices(services => services.AddSingleton<System.Diagnostics.Metrics.IMeterFactory>(Meters));
    }
}
