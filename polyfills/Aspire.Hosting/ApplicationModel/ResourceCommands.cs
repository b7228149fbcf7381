using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something a person can do to a resource.</summary>
public sealed class ResourceCommandAnnotation : IResourceAnnotation
{
    internal ResourceCommandAnnotation(
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions options)
    {
        Name = name;
        DisplayName = displayName;
        ExecuteCommand = executeCommand;
        UpdateState = options.UpdateState ?? (_ => ResourceCommandState.Enabled);
        DisplayDescription = options.Description;
        ConfirmationMessage = options.ConfirmationMessage;
        IconName = options.IconName;
        IconVariant = options.IconVariant;
        IsHighlighted = options.IsHighlighted;
    }

    public string Name { get; }

    public string DisplayName { get; }

    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; }

    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; }

    public string? DisplayDescription { get; }

    public string? ConfirmationMessage { get; }

    public string? IconName { get; }

    public IconVariant? IconVariant { get; }

    public bool IsHighlighted { get; }
}

/// <summary>How a command is shown and when it may be used.</summary>
public class CommandOptions
{
    public string? Description { get; set; }

    /// <summary>Asked before the command runs.</summary>
    public string? ConfirmationMessage { get; set; }

    public string? IconName { get; set; }

    public IconVariant? IconVariant { get; set; }

    public bool IsHighlighted { get; set; }

    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

/// <summary>What a command's availability is decided on.</summary>
public sealed class UpdateCommandStateContext
{
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    public required IServiceProvider Services { get; init; }
}

/// <summary>Whether a command can be used now.</summary>
public enum ResourceCommandState
{
    Enabled,
    Disabled,
    Hidden,
}

/// <summary>A command as it is shown.</summary>
public sealed record ResourceCommandSnapshot(
    string Name,
    ResourceCommandState State,
    string DisplayName,
    string? DisplayDescription,
    object? Parameter,
    string? ConfirmationMessage,
    string? IconName,
    IconVariant? IconVariant,
    bool IsHighlighted);

/// <summary>A command being run, for the resource instance of that name.</summary>
public sealed class ExecuteCommandContext
{
    public required IServiceProvider Services { get; init; }

    public required string ResourceName { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public required ILogger Logger { get; init; }
}
