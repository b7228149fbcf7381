using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aspire.Hosting;

/// <summary>A project's Properties/launchSettings.json.</summary>
public sealed class LaunchSettings
{
    private static readonly JsonSerializerOptions Json = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [JsonPropertyName("profiles")]
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];

    internal static LaunchSettings? Of(IProjectMetadata project)
    {
        if (project.LaunchSettings is { } given)
            return given;
        var file = Path.Combine(Path.GetDirectoryName(project.ProjectPath)!, "Properties", "launchSettings.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(file), Json) : null;
    }

    /// <summary>The explicit profile, or the AppHost's own when the project has one of that name, or the first that runs the project.</summary>
    internal (string Name, LaunchProfile Profile)? Choose(string? explicitName, string? preferredName)
    {
        if (!string.IsNullOrEmpty(explicitName))
        {
            return Profiles.TryGetValue(explicitName, out var named)
                ? (explicitName, named)
                : throw new DistributedApplicationException($"Launch settings file does not contain '{explicitName}' profile.");
        }

        if (!string.IsNullOrEmpty(preferredName) && Profiles.TryGetValue(preferredName, out var preferred))
            return (preferredName, preferred);
        var first = Profiles.FirstOrDefault(profile => profile.Value.CommandName == "Project");
        return first.Value is null ? null : (first.Key, first.Value);
    }
}

/// <summary>One way to launch a project.</summary>
public sealed class LaunchProfile
{
    [JsonPropertyName("commandName")]
    public string? CommandName { get; set; }

    [JsonPropertyName("commandLineArgs")]
    public string? CommandLineArgs { get; set; }

    [JsonPropertyName("applicationUrl")]
    public string? ApplicationUrl { get; set; }

    [JsonPropertyName("launchUrl")]
    public string? LaunchUrl { get; set; }

    [JsonPropertyName("environmentVariables")]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];
}
