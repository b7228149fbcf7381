using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Tests;

/// <summary>An application of a test: no dashboard, its own configuration, and everything ended at the end.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    /// <summary>Longer than anything here takes on a busy machine, so that a test that waits for nothing ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DistributedApplication _application;
    private readonly CancellationTokenSource _patience = new(Patience);

    private TestApplication(DistributedApplication application) => _application = application;

    public CancellationToken Patient => _patience.Token;

    public DistributedApplication Application => _application;

    public ResourceNotificationService Notifications => _application.ResourceNotifications;

    public ResourceCommandService Commands => _application.ResourceCommands;

    public static async Task<TestApplication> StartAsync(Action<IDistributedApplicationBuilder> describe, params (string Key, string Value)[] configuration)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            DisableDashboard = true,
            AssemblyName = typeof(TestApplication).Assembly.GetName().Name,
            ProjectDirectory = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(configuration.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        describe(builder);
        var started = new TestApplication(builder.Build());
        await started._application.StartAsync(started.Patient);
        return started;
    }

    public Task<string> WaitForStateAsync(string resource, params string[] states) => Notifications.WaitForResourceAsync(resource, states, Patient);

    public Task<ResourceEvent> WaitForAsync(string resource, Func<CustomResourceSnapshot, bool> predicate) =>
        Notifications.WaitForResourceAsync(resource, change => predicate(change.Snapshot), Patient);

    public async Task<ResourceEvent> WaitUntilRunningAsync(string resource) =>
        await WaitForAsync(resource, snapshot => snapshot.State?.Text == KnownResourceStates.Running);

    public static int ProcessIdOf(ResourceEvent running) =>
        (int)running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _patience.Dispose();
    }
}
