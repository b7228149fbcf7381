using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace ApiPoc.Redis;

/// <summary>
/// Opens the connection before the process listens. The client connects by blocking its first user; were that the first requests, all at
/// once, they would hold every thread the connection's own answers need, and stand for seconds. A Redis that is down is waited for no longer
/// than the connection's time-out.
/// </summary>
internal sealed class OpenRedisAtStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.Run(() => services.GetRequiredService<IConnectionMultiplexer>(), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
