using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using ApiPoc.Testing;

namespace ApiPoc.EndToEnd;

/// <summary>Jobs drain through the throttle, whoever dies meanwhile.</summary>
[Collection(StackDefinition.Name)]
public sealed class DrainTests(Stack stack)
{
    private const int Jobs = 600;
    private static readonly TimeSpan FirstJobBudget = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DrainBudget = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Start_JobsAreSent_TheFirstIsRecordedWithinAMinute()
    {
        using var patience = new CancellationTokenSource(FirstJobBudget);
        while (await RecordedAsync() == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, patience.Token);
    }

    [Fact]
    public async Task Drain_AWorkerAndAnOrchestratorKilled_RecordsEveryJobOnce()
    {
        using var queues = new JobQueues();
        await LetWorkersCallFastAsync();
        await queues.WaitUntilEmptyAsync("job-queue", DrainBudget);
        int before = await RecordedAsync();

        using (var run = await stack.Http.PostAsync(new Uri(Addresses.TaskMaster, $"/run?count={Jobs}"), content: null)) run.EnsureSuccessStatusCode();
        await WaitForAsync(before + (Jobs / 10));
        Kill("Worker");
        Kill("Orchestrator");

        await WaitForAsync(before + Jobs);
        await queues.WaitUntilEmptyAsync("job-queue", DrainBudget);
        Assert.Equal(before + Jobs, await RecordedAsync());
        Assert.Equal(0, await queues.CountAsync("job-dlq"));
    }

    /// <summary>The callers without a key, of whom other tests speak, keep their quota.</summary>
    private async Task LetWorkersCallFastAsync()
    {
        var policy = new { keys = new Dictionary<string, string> { ["worker-sample-key-0000000001"] = "fast" } };
        using var response = await stack.Http.PutAsJsonAsync(new Uri(Addresses.ExternalApi, "/admin/quotas"), policy);
        response.EnsureSuccessStatusCode();
    }

    private async Task WaitForAsync(int recorded)
    {
        using var patience = new CancellationTokenSource(DrainBudget);
        while (await RecordedAsync() < recorded)
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, patience.Token);
    }

    private async Task<int> RecordedAsync()
    {
        try
        {
            return (await stack.Http.GetFromJsonAsync<JsonElement>(new Uri(Addresses.Orchestrator, "/results"))).GetProperty("recorded").GetInt32();
        }
        catch (HttpRequestException)
        {
            // Asked of an orchestrator that was just killed.
            return 0;
        }
    }

    /// <summary>kill -9 of one of a service's processes.</summary>
    private static void Kill(string service)
    {
        string output = Path.Combine(RepositoryRoot.Path, "artifacts", "bin", service) + Path.DirectorySeparatorChar;
        using var pgrep = Process.Start(new ProcessStartInfo("pgrep", ["-f", output]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        int victim = int.Parse(pgrep.StandardOutput.ReadLine()!);
        Process.GetProcessById(victim).Kill();
    }
}
