using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local.Resources;

/// <summary>Keeps a snapshot's commands in step with its state.</summary>
internal static class SnapshotCommands
{
    public static CustomResourceSnapshot Refresh(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services };
        return snapshot with
        {
            Commands = [.. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(command => new ResourceCommandSnapshot(
                command.Name, command.UpdateState(context), command.DisplayName, command.DisplayDescription, Parameter: null,
                command.ConfirmationMessage, command.IconName, command.IconVariant, command.IsHighlighted))],
        };
    }
}
