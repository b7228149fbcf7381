using Aspire.Hosting.Local.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Tests;

/// <summary>Reads resources' logs.</summary>
internal static class Logs
{
    public static async Task WaitForAsync(TestApplication application, ResourceEvent instance, string line)
    {
        var loggers = application.Application.Services.GetRequiredService<ResourceLoggerService>();
        await foreach (var lines in loggers.WatchAsync(instance.ResourceId).WithCancellation(application.Patient))
        {
            if (lines.Any(each => each.Content == line))
                return;
        }
    }

    public static async Task<IReadOnlyList<string>> OfAsync(TestApplication application, string resource)
    {
        var services = application.Application.Services;
        var model = services.GetRequiredService<DistributedApplicationModel>();
        var instance = InstanceNames.Of(model.Resources.Single(each => each.Name == resource))[0];
        await foreach (var lines in services.GetRequiredService<ResourceLoggerService>().GetAllAsync(instance))
            return [.. lines.Select(line => line.Content)];
        return [];
    }
}
