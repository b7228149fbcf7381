using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiPoc.AppHost.Backings.Embedded;

/// <summary>Asks a redis-server whether it answers.</summary>
internal sealed class RedisPing(RedisServerResource redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var endpoint = redis.GetEndpoint(RedisServerResource.Endpoint);
            using var client = new TcpClient();
            await client.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte["+PONG"u8.Length];
            await stream.ReadExactlyAsync(answer, cancellationToken);
            return answer.AsSpan().SequenceEqual("+PONG"u8) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("It did not answer PONG.");
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return HealthCheckResult.Unhealthy(failure.Message);
        }
    }
}
