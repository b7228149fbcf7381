using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Turns a project's launch profile into endpoints and environment.</summary>
internal static class ProjectLaunch
{
    public static IResourceBuilder<ProjectResource> WithLaunchProfile(
        this IResourceBuilder<ProjectResource> builder, ProjectResourceOptions options)
    {
        var configuration = builder.ApplicationBuilder.Configuration;
        var preferred = configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"];
        var settings = options.ExcludeLaunchProfile ? null : LaunchSettings.Of(builder.Resource.GetProjectMetadata());
        if (settings is null && !string.IsNullOrEmpty(options.LaunchProfileName))
            throw new DistributedApplicationException($"{builder.Resource.Name} has no launch settings file with a '{options.LaunchProfileName}' profile.");
        return settings?.Choose(options.LaunchProfileName, preferred) is { } chosen
            ? builder.WithEndpointsOf(chosen.Profile).WithEnvironmentOf(chosen.Name, chosen.Profile)
            : builder;
    }

    /// <summary>Tells the process where to listen: on each process's own port, while the endpoint's port is the relay's.</summary>
    public static IResourceBuilder<ProjectResource> WithKestrelUrls(this IResourceBuilder<ProjectResource> builder) =>
        builder.WithEnvironment(context =>
        {
            var endpoints = builder.Resource.GetEndpoints().Where(endpoint => endpoint.IsHttp || endpoint.IsHttps).ToList();
            if (endpoints.Count == 0)
                return;
            var urls = endpoints.Select(endpoint =>
                $"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.TargetPort?.ToString() ?? endpoint.TargetPortExpression}");
            context.EnvironmentVariables["ASPNETCORE_URLS"] = string.Join(';', urls);
        });

    private static IResourceBuilder<ProjectResource> WithEndpointsOf(this IResourceBuilder<ProjectResource> builder, LaunchProfile profile)
    {
        foreach (var schemeUrls in Urls(profile).GroupBy(url => url.Scheme))
        {
            foreach (var (index, url) in schemeUrls.Index())
            {
                builder.WithEndpoint(index == 0 ? url.Scheme : $"{url.Scheme}{index + 1}", endpoint =>
                {
                    endpoint.Port = url.Port;
                    endpoint.UriScheme = endpoint.Transport = url.Scheme;
                    endpoint.FromLaunchProfile = true;
                });
            }
        }

        return builder;
    }

    private static IResourceBuilder<ProjectResource> WithEnvironmentOf(
        this IResourceBuilder<ProjectResource> builder, string name, LaunchProfile profile) => builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", name);
            foreach (var (variable, value) in profile.EnvironmentVariables)
                context.EnvironmentVariables.TryAdd(variable, Environment.ExpandEnvironmentVariables(value));
        });

    private static IEnumerable<Uri> Urls(LaunchProfile profile) =>
        (profile.ApplicationUrl ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries).Select(url => new Uri(url));
}
