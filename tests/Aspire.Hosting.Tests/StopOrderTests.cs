using Aspire.Hosting.Local.Resources;

namespace Aspire.Hosting.Tests;

public sealed class StopOrderTests
{
    [Fact]
    public void Layers_DependentsEndBeforeWhatTheyNeed()
    {
        var builder = DistributedApplication.CreateBuilder();
        var redis = builder.AddExecutable("redis", "redis", ".");
        var api = builder.AddExecutable("api", "api", ".").WaitFor(redis);
        var worker = builder.AddExecutable("worker", "worker", ".").WaitFor(api).WaitFor(redis);
        var other = builder.AddExecutable("other", "other", ".").WaitFor(redis);
        IResource[] all = [redis.Resource, api.Resource, worker.Resource, other.Resource];
        Assert.Equal(
            ["worker", "api other", "redis"],
            StopOrder.Layers(all).Select(layer => string.Join(' ', layer.Select(resource => resource.Name).Order())));
    }

    [Fact]
    public void Layers_Circle_Ends()
    {
        var builder = DistributedApplication.CreateBuilder();
        var one = builder.AddExecutable("one", "one", ".");
        var two = builder.AddExecutable("two", "two", ".").WaitFor(one);
        one.WaitFor(two);
        Assert.Equal(2, StopOrder.Layers([one.Resource, two.Resource]).Sum(layer => layer.Count));
    }
}
