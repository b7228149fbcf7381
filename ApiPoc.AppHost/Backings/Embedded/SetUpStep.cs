namespace ApiPoc.AppHost.Backings.Embedded;

/// <summary>Adds what must be installed before something can run, as a resource that runs to completion and says what it does.</summary>
internal static class SetUpStep
{
    /// <summary>Adds a script of eng/setup; it does nothing, quickly, when everything is there.</summary>
    public static IResourceBuilder<ExecutableResource> AddSetUpStep(
        this IDistributedApplicationBuilder builder, string name, string script, params string[] arguments)
    {
        var directory = Path.Combine(builder.AppHostDirectory, "..", "eng", "setup");
        return builder.AddExecutable(name, "sh", directory, [script, .. arguments]).WithIconName("Wrench");
    }
}
