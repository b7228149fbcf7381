using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a project is; the SDK generates one such type per project reference of the AppHost.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>The full path of the project file.</summary>
    string ProjectPath { get; }

    LaunchSettings? LaunchSettings => null;

    /// <summary>Whether building the AppHost has built the project.</summary>
    bool SuppressBuild => false;
}

/// <summary>A resource found by service discovery.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>How <c>AddProject</c> treats a project's own settings.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile; null means the default choice, not none.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether launchSettings.json is ignored.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Accepted for compatibility: Kestrel sections of appsettings are not read here.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}

internal sealed class ProjectPathMetadata(string projectPath) : IProjectMetadata
{
    public string ProjectPath { get; } = projectPath;
}
