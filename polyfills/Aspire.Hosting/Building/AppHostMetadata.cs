using System.Reflection;

namespace Aspire.Hosting;

/// <summary>What the build wrote into the AppHost's assembly (polyfills/Aspire.AppHost.Sdk).</summary>
internal sealed class AppHostMetadata
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public AppHostMetadata(Assembly? assembly)
    {
        foreach (var attribute in assembly?.GetCustomAttributes<AssemblyMetadataAttribute>() ?? [])
        {
            if (attribute.Value is { } value)
                _values[attribute.Key] = value;
        }
    }

    public string? ProjectDirectory => _values.GetValueOrDefault("apphostprojectpath");

    /// <summary>Where logs and the unpacked dashboard go.</summary>
    public string? ArtifactsDirectory => _values.GetValueOrDefault("apphostartifactspath");

    /// <summary>The npm project that pins the dashboard.</summary>
    public string? DashboardPackageDirectory => _values.GetValueOrDefault("aspiredashboardnpmpath");

    /// <summary>The script that installs an npm project's packages.</summary>
    public string? NpmInstallScript => _values.GetValueOrDefault("aspiredashboardnpmscript");

    /// <summary>The assembly that building the AppHost has made of a project it references, when it does.</summary>
    public string? TargetOf(string projectPath) => _values.GetValueOrDefault("aspireprojecttarget:" + projectPath);
}
