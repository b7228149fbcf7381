using ApiPoc.ServiceDefaults.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.ServiceDefaults;

/// <summary>Runs a host to its exit code.</summary>
public static partial class ServiceRun
{
    /// <summary>Runs until asked to stop.</summary>
    /// <returns>
    /// 0 after a normal stop; 1 when it could not start (then standard error has one line per reason, all configuration errors together,
    /// and nothing has listened) or when a background service failed.
    /// </returns>
    public static async Task<int> RunServiceAsync(this IHost host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            // Before StartAsync, which would do the same but log each failure with its stack trace.
            host.Services.GetService<IStartupValidator>()?.Validate();
            await host.StartAsync(cancellationToken);

            var backgroundServices = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
            await host.WaitForShutdownAsync(cancellationToken);

            // The host stops when one of them fails, and has logged why.
            return backgroundServices.Any(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
        }
        catch (Exception exception) when (StartupErrors.Describe(exception) is { } lines)
        {
            StartupErrors.Write(lines);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception)
        {
            LogCouldNotRun(host.Services.GetRequiredService<ILogger<IHost>>(), exception);
            return 1;
        }
        finally
        {
            await DisposeAsync(host);
        }
    }

    private static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        else
            host.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The service could not run.")]
    private static partial void LogCouldNotRun(ILogger logger, Exception exception);
}
