using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Local.Health;

/// <summary>Asks a resource over HTTP whether it is well.</summary>
internal sealed class HttpHealthCheck(EndpointReference endpoint, string path, int expectedStatus) : IHealthCheck
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var response = await Client.GetAsync(new Uri(new Uri(endpoint.Url), path), cancellationToken);
            var status = (int)response.StatusCode;
            return status == expectedStatus
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{path} answered {status} instead of {expectedStatus}.");
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return HealthCheckResult.Unhealthy($"{path} did not answer: {failure.Message}");
        }
    }
}
