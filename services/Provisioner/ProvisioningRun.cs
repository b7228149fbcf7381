using Amazon.Runtime;
using ApiPoc.Provisioner.Templates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.Provisioner;

/// <summary>The one thing this process does: read the template, wait for the endpoint, provision, stop.</summary>
internal sealed partial class ProvisioningRun(
    IOptions<ProvisionerOptions> options,
    EndpointWait endpoint,
    TemplateProvisioner provisioner,
    ProvisioningResult result,
    IHostApplicationLifetime lifetime,
    ILogger<ProvisioningRun> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var path = Path.Combine(AppContext.BaseDirectory, options.Value.Template);
            var template = Template.Parse(await File.ReadAllTextAsync(path, stoppingToken));
            provisioner.Check(template);
            await endpoint.WaitAsync(options.Value.WaitForEndpoint, stoppingToken);
            await provisioner.ApplyAsync(template, stoppingToken);
            result.IsCompleted = true;
        }
        catch (Exception exception) when (exception is TemplateException or TimeoutException or IOException or AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            LogFailed(logger, options.Value.Template, exception.Message);
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not provision {Template}: {Problem}")]
    private static partial void LogFailed(ILogger logger, string template, string problem);
}
