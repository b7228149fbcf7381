using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Resources;

namespace Aspire.Hosting.Local.Dashboard;

/// <summary>
/// Adds the real Aspire dashboard as hidden resources: npm brings the Aspire CLI (eng/dashboard pins it), the CLI unpacks the
/// dashboard it carries, and that is started. When a step fails, it says why and what to do, and the application runs without.
/// </summary>
internal static class DashboardResources
{
    public const string DashboardName = "aspire-dashboard";

    public static void AddDashboard(this IDistributedApplicationBuilder builder, DistributedApplicationOptions options, AppHostMetadata metadata)
    {
        var program = builder.Configuration["DcpPublisher:DashboardPath"] ?? builder.Configuration["ASPIRE_DASHBOARD_PATH"];
        if (program is null && metadata is not { ArtifactsDirectory: not null, DashboardPackageDirectory: not null, NpmInstallScript: not null })
            return;
        var settings = new DashboardSettings(builder.Configuration, options.DashboardApplicationName ?? NameOf(builder));
        var unpacked = program is null ? builder.AddSetUp(metadata) : null;
        program ??= Path.Combine(metadata.ArtifactsDirectory!, "dashboard", "bundle", "managed", "aspire-managed");
        var dashboard = builder.AddExecutable(DashboardName, program, builder.AppHostDirectory, "dashboard")
            .WithEnvironment(context =>
            {
                foreach (var (name, value) in settings.Environment())
                    context.EnvironmentVariables[name] = value;
            })
            .WithAnnotation<HiddenAnnotation>();
        foreach (var url in settings.FrontEndUrls.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(url => new Uri(url)))
            dashboard.WithEndpoint(url.Port, scheme: url.Scheme, isProxied: false);
        dashboard.WithEndpoint(new Uri(settings.OtlpUrl).Port, scheme: new Uri(settings.OtlpUrl).Scheme, name: "otlp-grpc", isProxied: false);
        if (dashboard.Resource.GetEndpoint("http").Exists)
            dashboard.WithHttpHealthCheck("/health", endpointName: "http");
        if (unpacked is not null)
            dashboard.WaitForCompletion(unpacked);
        DashboardEvents.Subscribe(builder, dashboard.Resource, settings);
    }

    private static string NameOf(IDistributedApplicationBuilder builder)
    {
        const string suffix = ".AppHost";
        var name = builder.Environment.ApplicationName;
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
    }

    private static IResourceBuilder<ExecutableResource> AddSetUp(this IDistributedApplicationBuilder builder, AppHostMetadata metadata)
    {
        var directory = Path.Combine(metadata.ArtifactsDirectory!, "dashboard");
        var packages = builder.AddExecutable("aspire-dashboard-packages", "sh", builder.AppHostDirectory, metadata.NpmInstallScript!, metadata.DashboardPackageDirectory!)
            .WithAnnotation<HiddenAnnotation>();
        var cli = Path.Combine(metadata.DashboardPackageDirectory!, "node_modules", "@microsoft", "aspire-cli-linux-x64", "bin", "aspire");
        return builder.AddExecutable("aspire-dashboard-setup", cli, builder.AppHostDirectory, "setup", "--install-path", directory, "--non-interactive", "--nologo")
            // Everything the CLI keeps stays below artifacts; without these it would unpack a second copy into the home directory.
            .WithEnvironment("ASPIRE_HOME", directory)
            .WithEnvironment("ASPIRE_LAYOUT_PATH", directory)
            .WithEnvironment("ASPIRE_CLI_TELEMETRY_OPTOUT", "true")
            .WithEnvironment("NO_COLOR", "1")
            .WithAnnotation<HiddenAnnotation>()
            .WaitForCompletion(packages);
    }
}
