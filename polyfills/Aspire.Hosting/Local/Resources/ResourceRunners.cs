using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Local.Resources;

/// <summary>The runners of all resources, and the order in which they end.</summary>
internal sealed class ResourceRunners(IServiceProvider services) : IDisposable
{
    private static readonly TimeSpan LaterLayer = TimeSpan.FromSeconds(1);

    private readonly List<ResourceRunner> _runners = [];
    private readonly CancellationTokenSource _stopping = new();

    public int ProcessCount => _runners.Sum(runner => runner.ProcessCount);

    public void Dispose()
    {
        foreach (var runner in _runners)
            runner.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Makes a runner per resource and makes each resource known, before the first one starts.</summary>
    public async Task CreateAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        foreach (var resource in model.Resources)
            _runners.Add(ActivatorUtilities.CreateInstance<ResourceRunner>(services, resource));
        foreach (var runner in _runners)
            await runner.AnnounceAsync(cancellationToken);
    }

    /// <summary>Begins to start every resource; each waits for what it waits for by itself.</summary>
    public void Start()
    {
        foreach (var runner in _runners)
            runner.Begin(_stopping.Token);
    }

    /// <summary>Ends dependents before what they depend on; a layer has all the time that is left but what the later ones may need.</summary>
    public async Task StopAsync(TimeSpan budget)
    {
        await _stopping.CancelAsync();
        var clock = services.GetRequiredService<TimeProvider>();
        var began = clock.GetTimestamp();
        var layers = StopOrder.Layers([.. _runners.Select(runner => runner.Resource)]);
        for (var index = 0; index < layers.Count; index++)
        {
            var left = budget - clock.GetElapsedTime(began);
            var grace = left - (LaterLayer * (layers.Count - index - 1));
            await Task.WhenAll(_runners.Where(runner => layers[index].Contains(runner.Resource)).Select(runner => runner.StopAsync(grace > TimeSpan.Zero ? grace : TimeSpan.Zero)));
        }
    }
}
