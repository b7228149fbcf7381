using ApiPoc.AppHost.Backings;
using ApiPoc.AppHost.Resources;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace ApiPoc.AppHost.Tests;

public sealed class BackingChoiceTests
{
    [Theory]
    [InlineData("embedded", typeof(EmbeddedBacking), "dynamodb dynamodb-setup redis redis-setup sqs-sns sqs-sns-setup")]
    [InlineData("Containers", typeof(ContainersBacking), "localstack redis")]
    [InlineData("aws", typeof(AwsBacking), "redis")]
    public void Choice_Named_AddsItsResources(string choice, Type backing, string resources)
    {
        IDistributedApplicationBuilder builder = Describe(choice);
        Assert.IsType(backing, builder.AddBacking());
        Assert.Equal(resources, string.Join(' ', builder.Resources.Where(IsOurs).Select(resource => resource.Name).Order()));
    }

    [Theory]
    [InlineData("embedded", "dynamodb redis sqs-sns")]
    [InlineData("containers", "localstack redis")]
    public void Choice_OfServersOfOurOwn_KeepsThemRunning(string choice, string resources)
    {
        IDistributedApplicationBuilder builder = Describe(choice);
        builder.AddBacking();
        var kept = builder.Resources.Where(resource => resource.Annotations.OfType<KeepRunningAnnotation>().Any());
        Assert.Equal(resources, string.Join(' ', kept.Select(resource => resource.Name).Order()));
    }

    [Fact]
    public void Choice_Unknown_IsNone() => Assert.Null(Describe("nonsense").AddBacking());

    [Fact]
    public void Auto_NoRuntimeAnswers_IsEmbedded()
    {
        IDistributedApplicationBuilder builder = Describe("auto");
        builder.Configuration["ASPIRE_CONTAINER_RUNTIME"] = "no-such-runtime";
        Assert.IsType<EmbeddedBacking>(builder.AddBacking());
    }

    [Fact]
    public void Auto_RuntimeAnswers_IsContainers()
    {
        IDistributedApplicationBuilder builder = Describe("auto");
        // "true info" succeeds as "docker info" does when its engine runs.
        builder.Configuration["ASPIRE_CONTAINER_RUNTIME"] = "true";
        Assert.IsType<ContainersBacking>(builder.AddBacking());
    }

    private static IDistributedApplicationBuilder Describe(string choice) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = ["--backing", choice], DisableDashboard = true });

    // The generated password of a Redis container is a resource of its own on some versions.
    private static bool IsOurs(IResource resource) => resource is not ParameterResource || resource is IResourceWithConnectionString;
}
