using Aspire.Hosting.Local;
using Aspire.Hosting.Local.Resources;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs resources' commands.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(
        ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
    {
        _notifications = notifications;
        _loggers = loggers;
        _services = services;
    }

    /// <summary>Runs a command on one instance, or on the resource of that name when it has one instance.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (_notifications.TryGetCurrentState(resourceId, out var instance))
            return await RunAsync(instance.Resource, resourceId, commandName, cancellationToken);
        return CommandResults.Failure($"Resource '{resourceId}' not found.");
    }

    /// <summary>Runs a command on every instance of the resource, at once; it fails when one of them fails.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        var names = InstanceNames.Of(resource);
        var results = await Task.WhenAll(names.Select(name => RunAsync(resource, name, commandName, cancellationToken)));
        if (results.Length == 1 || results.All(result => result.Success))
            return results[0];
        var failures = results.Zip(names).Where(each => !each.First.Success).Select(each => $"{each.Second}: {each.First.Message}");
        return CommandResults.Failure(string.Join(Environment.NewLine, failures));
    }

    private async Task<ExecuteCommandResult> RunAsync(
        IResource resource, string instance, string commandName, CancellationToken cancellationToken)
    {
        var logger = _loggers.GetLogger(instance);
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(each => each.Name == commandName);
        if (command is null)
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{instance}'.");
        try
        {
            LocalLog.CommandBegan(logger, commandName);
            var result = await command.ExecuteCommand(new()
            {
                Services = _services,
                ResourceName = instance,
                CancellationToken = cancellationToken,
                Logger = logger,
            });
            LocalLog.CommandEnded(logger, commandName, result.Success, result.Message);
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception failure)
        {
            LocalLog.CommandFailed(logger, failure, commandName);
            return CommandResults.Failure(failure);
        }
    }
}
