using System.Net.Http.Json;

namespace Aspire.Hosting.Tests;

public sealed class ProjectTests
{
    private static readonly string[] Inherited = ["PATH", "HOME"];

    [Fact]
    public async Task Environment_OfProject_IsWhatAspireInjects()
    {
        await using var application = await TestApplication.StartAsync(
            builder =>
            {
                var cache = builder.AddConnectionString("redis", ReferenceExpression.Create($"localhost:{builder.AddParameter("port", "16499")}"));
                var api = builder.AddExecutable("the-api", "sleep", ".", "600").WithHttpEndpoint(name: "http");
                builder.AddProject<Projects.Aspire_Hosting_TestService>("service")
                    .WithReference(cache)
                    .WithReference(api.GetEndpoint("http"))
                    .WithEnvironment("PLAIN", "value")
                    .WithEnvironment("FROM_ENDPOINT", $"{api.GetEndpoint("http").Property(EndpointProperty.Scheme)}!")
                    .WithHttpHealthCheck("/");
            },
            ("AppHost:OtlpApiKey", "secret"),
            ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:4317"));
        var service = (await application.Notifications.WaitForResourceHealthyAsync("service", application.Patient)).ResourceId;
        using var http = new HttpClient { BaseAddress = new("http://localhost:25081") };
        var environment = await http.GetFromJsonAsync<Dictionary<string, string?>>("/environment", application.Patient);
        var api = (await application.WaitUntilRunningAsync("the-api")).Snapshot.Urls.Single().Url;

        Assert.All(Inherited, name => Assert.Equal(Environment.GetEnvironmentVariable(name), environment![name]));
        Assert.Equal(
            $"""
            ASPNETCORE_ENVIRONMENT=Development
            ASPNETCORE_URLS=http://localhost:PORT
            ConnectionStrings__redis=localhost:16499
            DOTNET_LAUNCH_PROFILE=http
            FROM_ENDPOINT=http!
            LOGGING__CONSOLE__FORMATTERNAME=simple
            OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317
            OTEL_EXPORTER_OTLP_HEADERS=x-otlp-api-key=secret
            OTEL_EXPORTER_OTLP_PROTOCOL=grpc
            OTEL_RESOURCE_ATTRIBUTES=service.instance.id={service["service-".Length..]}
            OTEL_SERVICE_NAME=service
            PLAIN=value
            THE_API_HTTP={api}
            services__the-api__http__0={api}
            """,
            Injected(environment!));
    }

    [Theory]
    [InlineData(null, "http", "Development")]
    [InlineData("staging", "staging", "Staging")]
    public async Task LaunchProfile_NameGiven_IsTheOneUsed(string? asked, string used, string environmentName)
    {
        await using var application = await TestApplication.StartAsync(builder =>
            builder.AddProject<Projects.Aspire_Hosting_TestService>("service", asked).WithHttpEndpoint(name: "http").WithExplicitStart());
        var announced = await application.WaitForAsync("service", snapshot => snapshot.Commands.Length > 0);
        await application.Commands.ExecuteCommandAsync(announced.ResourceId, KnownResourceCommands.StartCommand, application.Patient);
        var variables = (await application.WaitUntilRunningAsync("service")).Snapshot.EnvironmentVariables.ToDictionary(each => each.Name, each => each.Value);
        Assert.Equal((used, environmentName), (variables["DOTNET_LAUNCH_PROFILE"], variables["ASPNETCORE_ENVIRONMENT"]));
    }

    [Fact]
    public async Task LaunchProfile_NameUnknown_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => TestApplication.StartAsync(builder =>
            builder.AddProject<Projects.Aspire_Hosting_TestService>("service", "no-such-profile")));
        Assert.Equal("Launch settings file does not contain 'no-such-profile' profile.", refusal.Message);
    }

    /// <summary>What the model has set, with the one value that differs between runs replaced.</summary>
    private static string Injected(Dictionary<string, string?> environment)
    {
        var own = Environment.GetEnvironmentVariables();
        var injected = environment.Where(variable => own[variable.Key] as string != variable.Value && variable.Key is not "ASPIRE_APPHOST_RUN" and not "_" and not "SHLVL" and not "PWD");
        return string.Join('\n', injected.OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => variable.Key == "ASPNETCORE_URLS" ? "ASPNETCORE_URLS=http://localhost:PORT" : $"{variable.Key}={variable.Value}"));
    }
}
