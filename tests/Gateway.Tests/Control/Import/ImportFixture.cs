using System.Text;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ApiPoc.Gateway.Tests.Control.Import;

/// <summary>A gateway with two plans, one key and a key file's way in.</summary>
public sealed class ImportFixture : IAsyncLifetime
{
    public const string RegisteredKey = "registered-key-0000000000000001";

    public RedisServer Redis { get; private set; } = null!;

    public GatewayHost Gateway { get; private set; } = null!;

    /// <summary>How many keys are registered.</summary>
    public int KeyCount => Gateway.Services.GetRequiredService<RegistryReplica>().State.Keys.Count;

    public async Task InitializeAsync()
    {
        Redis = await RedisServer.StartAsync();
        Gateway = await GatewayHost.StartAsync(Redis, $$"""
            {
              "restApis": {
                "api": { "resources": { "/r": { "GET": { "apiKeyRequired": true, "integration": { "mock": {} } } } }, "stages": { "a": {}, "b": {} } }
              },
              "usagePlans": {
                "first": { "apiStages": [{ "apiId": "api", "stage": "a" }] },
                "second": { "apiStages": [{ "apiId": "api", "stage": "b" }] },
                "rival": { "apiStages": [{ "apiId": "api", "stage": "b" }] }
              },
              "apiKeys": { "registered": { "value": "{{RegisteredKey}}", "usagePlanIds": ["first"] } }
            }
            """);
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Redis.DisposeAsync();
    }

    /// <summary>Imports <paramref name="file"/>.</summary>
    public Task<Reply> ImportAsync(string file, bool failOnWarnings) => ImportAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), failOnWarnings);

    /// <summary>Imports <paramref name="file"/>.</summary>
    public async Task<Reply> ImportAsync(HttpContent file, bool failOnWarnings)
    {
        string query = $"apikeys?mode=import&format=csv&failonwarnings={(failOnWarnings ? "true" : "false")}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Gateway.Control, query)) { Content = file };
        await RequestSigner.SignAsync(request, Gateway.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        return await Reply.OfAsync(await Gateway.Client.SendAsync(request));
    }
}
