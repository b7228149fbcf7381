using ApiPoc.Testing;

namespace ApiPoc.Orchestrator.Tests;

public sealed class ProcessTests(Backing backing) : IClassFixture<Backing>
{
    [Fact]
    public async Task KilledMidWay_AnotherGoesOnAndNothingIsLostOrRepeated()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await using var victim = await StartAsync(bench);
        bench.Worker.Answer = async _ =>
        {
            if (bench.Worker.Invocations.Count == 60)
                victim.Send(PosixSignals.Kill);
            await Task.Yield();
            return StubWorker.Completed;
        };
        await bench.Queues.SendAsync(bench.Jobs(150));
        await Bench.EventuallyAsync(() => bench.Worker.Invocations.Count >= 60, "the first has been killed");

        await bench.StartAsync(("Orchestrator:Visibility", "00:00:06"));

        await bench.QueueIsEmptyAsync();
        Assert.Equal(150, bench.Worker.Invocations.Select(invocation => invocation.Job.JobId).Distinct().Count());
    }

    [Fact]
    public async Task Sigterm_WhileIdle_ExitsWithZero()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await using var orchestrator = await StartAsync(bench);

        Assert.Equal(0, await orchestrator.StopAsync());
    }

    [Fact]
    public async Task WrongSettings_ExitWithOneAndEveryErrorInOneList()
    {
        var (exitCode, errors) = await ServiceProcess.RunAsync(
            "Orchestrator", folder: null,
            ("Orchestrator:Visibility", "00:00:05"), ("Orchestrator:JobsInFlight", "200"), ("Orchestrator:LongPol", "00:00:01"),
            ("Apis:ODG_SURVEYS:BaseAddress", "ftp://user:SECRET@example.com"), ("Apis:ODG_SURVEYS:Breaker:ProbeInterval", "00:00:00"),
            ("Apis:ODG_SURVEYS:TellClosingsFrom", "2.00:00:00"),
            ("Apis:ODG_SURVEYS:Limits:0:Count", "-1"), ("Apis:ODG_SURVEYS:Limits:1:AppliesTo", "**/part"), ("Apis:ODG_SURVEYS:Limits:2:Tenant", "*"),
            ("Apis:ODG_SURVEYS:TenantWeights:gold", "0"),
            ("services:worker:http:0", "nowhere"));

        Assert.Equal(1, exitCode);
        string[] expected =
        [
            "Apis:ODG_SURVEYS:BaseAddress", "Apis:ODG_SURVEYS:Breaker:ProbeInterval", "Apis:ODG_SURVEYS:Limits:0:Count",
            "Apis:ODG_SURVEYS:TellClosingsFrom",
            "Apis:ODG_SURVEYS:Limits: survey:interview: AppliesTo **/part",
            "Apis:ODG_SURVEYS:Limits: survey:interview:attachment: Tenant '*'", "Apis:ODG_SURVEYS:TenantWeights:gold",
            "Orchestrator:JobsInFlight", "Orchestrator:LongPol", "services:worker:http:0",
        ];
        Assert.All(expected, key => Assert.Contains($"{key}: ", errors, StringComparison.Ordinal));
        Assert.DoesNotContain("SECRET", errors, StringComparison.Ordinal);
    }

    private static Task<ServiceProcess> StartAsync(Bench bench)
    {
        var settings = bench.Settings(
            ("Orchestrator:Visibility", "00:00:06"), ("Apis:ODG_SURVEYS:Timeout", "00:00:05"), // the API of its own appsettings.json
            ("Api:Limits:0:Name", "second"), ("Api:Limits:0:Count", "500"), ("Api:Limits:0:Period", "00:00:01"), ("Api:Limits:0:Shape", "Window"));
        return ServiceProcess.StartAsync("Orchestrator", [.. settings.Select(setting => (setting.Key, setting.Value))]);
    }
}
