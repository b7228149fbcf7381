using ApiPoc.Domain.Throttling;
using ApiPoc.Redis.Throttling;
using ApiPoc.Testing;
using StackExchange.Redis;

namespace ApiPoc.Redis.Tests.Throttling;

/// <summary>What a decision does while Redis is frozen, dead, full, or has forgotten everything.</summary>
public sealed class RedisOutageTests : IAsyncLifetime
{
    private static readonly WindowLimit Limit = new("outage", "window", 1_000_000, TimeSpan.FromHours(1));
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);
    // What a busy machine may add to the budget, without which the client would wait for as long as the server is frozen.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);
    private RedisServer _server = null!;
    private ConnectionMultiplexer _connection = null!;
    private RedisAdmission _admission = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _connection = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString);
        _admission = new RedisAdmission(_connection, new RedisAdmissionOptions { Timeout = Budget });
        await AdmittedWithinAsync(TimeSpan.FromSeconds(30));
    }

    public async Task DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task AdmitAsync_Frozen_IsUnavailableWithinTheBudget_AndRecovers()
    {
        _server.Pause();
        await AssertUnavailableAsync();
        _server.Resume();

        await AdmittedWithinAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task AdmitAsync_KilledAndRestartedEmpty_IsUnavailable_AndRecoversWithItsScript()
    {
        _server.Kill();
        await AssertUnavailableAsync();
        await _server.RestartAsync();

        await AdmittedWithinAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task AdmitAsync_WritesRefused_IsUnavailable()
    {
        // As when memory is full under the policy noeviction.
        await _connection.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "1");

        await AssertUnavailableAsync();
    }

    private async Task AssertUnavailableAsync()
    {
        long start = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAsync<AdmissionUnavailableException>(async () => await _admission.AdmitAsync([Limit]));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, Budget + Slack);
    }

    private async Task AdmittedWithinAsync(TimeSpan patience)
    {
        using CancellationTokenSource enough = new(patience);
        while (true)
        {
            try
            {
                Assert.True((await _admission.AdmitAsync([Limit], 1, enough.Token)).IsAdmitted);
                return;
            }
            catch (AdmissionUnavailableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, enough.Token);
            }
        }
    }
}
