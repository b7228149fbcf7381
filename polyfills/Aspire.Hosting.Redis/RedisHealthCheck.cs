using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Logs in to a Redis and asks whether it answers.</summary>
internal sealed class RedisHealthCheck(RedisResource redis) : IHealthCheck
{
    private const string Expected = "+OK\r\n+PONG\r\n";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(redis.PrimaryEndpoint.Host, redis.PrimaryEndpoint.Port, cancellationToken);
            var stream = client.GetStream();
            var password = await redis.PasswordParameter!.GetValueAsync(cancellationToken);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"AUTH {password}\r\nPING\r\n"), cancellationToken);
            var answer = new byte[Expected.Length];
            await stream.ReadExactlyAsync(answer, cancellationToken);
            return Encoding.ASCII.GetString(answer) == Expected ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("It did not answer PONG.");
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return HealthCheckResult.Unhealthy(failure.Message);
        }
    }
}
