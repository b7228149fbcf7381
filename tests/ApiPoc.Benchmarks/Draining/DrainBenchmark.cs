using ApiPoc.Benchmarks.Draining.Consuming;
using ApiPoc.Benchmarks.Draining.Peers;
using ApiPoc.Simulation;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Draining;

/// <summary>Real consumers, as processes, drain the same jobs through the same referee, scenario by scenario.</summary>
internal static class DrainBenchmark
{
    /// <summary>Runs and prints the table.</summary>
    /// <returns>0 when no job was lost by our consumer.</returns>
    public static async Task<int> RunAsync(string[] words)
    {
        if (DrainArguments.Read(words) is not { } arguments || Chosen(arguments) is not { } scenarios)
            return Usage.Show();

        await using var tables = await DynamoDbEmulator.StartAsync();
        var table = new DrainTable($"drain {string.Join(' ', words)}".TrimEnd());
        bool withPeers = arguments.WithPeers && await PeerRun.InstallAsync();
        var consumer = new ConsumerRun(arguments, tables);
        bool isLossless = true;
        foreach (var scenario in scenarios)
        {
            var row = await consumer.RunAsync(scenario);
            table.Add(row);
            isLossless &= row.Lost == 0;
            foreach (string peer in withPeers && PeerRun.CanDrain(scenario) ? PeerRun.Names : [])
                table.Add(await new PeerRun(arguments.Seed).RunAsync(peer, scenario));
        }
        Console.WriteLine($"\nSaved as {table.Save()}");
        return isLossless ? 0 : 1;
    }

    /// <summary>The scenarios asked for; null when one is not known.</summary>
    private static List<Scenario>? Chosen(DrainArguments arguments)
    {
        var all = Scenarios.All.Where(scenario => !scenario.IsVirtualOnly).ToList();
        var chosen = arguments.Scenarios.Count == 0
            ? all
            : [.. arguments.Scenarios.Select(name => all.Find(scenario => scenario.Name == name)).OfType<Scenario>()];
        return arguments.Scenarios.Count > 0 && chosen.Count < arguments.Scenarios.Count
            ? null
            : [.. chosen.Select(scenario => arguments.Jobs is { } jobs ? scenario with { Jobs = jobs } : scenario)];
    }
}
