using System.Diagnostics;
using Aspire.Hosting.Local.Resources;

namespace Aspire.Hosting.Tests;

public sealed class ReplicaTests
{
    [Fact]
    public async Task Replicas_TakeTurns_AndOneThatIsDownIsPassedOver()
    {
        await using var application = await TestApplication.StartAsync(builder =>
            builder.AddProject<Projects.Aspire_Hosting_TestService>("service", options => options.ExcludeLaunchProfile = true)
                .WithHttpEndpoint(name: "http").WithHttpHealthCheck("/").WithReplicas(2));
        var service = (await application.WaitUntilRunningAsync("service")).Resource;
        var instances = InstanceNames.Of(service);
        foreach (var instance in instances)
            await application.Notifications.WaitForResourceHealthyAsync(instance, application.Patient);
        var url = ((IResourceWithEndpoints)service).GetEndpoint("http").Url;
        await WaitUntilBothListenAsync(url, application.Patient);

        var answers = await AskAsync(url, times: 10);
        Assert.Equal(
            instances.Select(name => (Instance: $"service.instance.id={InstanceNames.SuffixOf(name)}", Count: 5)).Order(),
            answers.GroupBy(answer => answer).Select(group => (Instance: group.Key, Count: group.Count())).Order());

        Assert.True(application.Notifications.TryGetCurrentState(instances[0], out var first));
        using (var process = Process.GetProcessById(TestApplication.ProcessIdOf(first)))
            process.Kill();
        await application.WaitForStateAsync(instances[0], KnownResourceStates.Exited);
        Assert.All(await AskAsync(url, times: 4), answer => Assert.Equal($"service.instance.id={InstanceNames.SuffixOf(instances[1])}", answer));
    }

    /// <summary>The relay's health check is answered by any replica; the second one may need a moment more.</summary>
    private static async Task WaitUntilBothListenAsync(string url, CancellationToken cancellationToken)
    {
        while ((await AskAsync(url, times: 2)).Distinct().Count() < 2)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> AskAsync(string url, int times)
    {
        var answers = new List<string>();
        for (var time = 0; time < times; time++)
        {
            // A client of its own each time: turns are taken by connection.
            using var http = new HttpClient();
            answers.Add(await http.GetStringAsync(new Uri(url)));
        }

        return answers;
    }
}
