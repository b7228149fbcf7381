using ApiPoc.Benchmarks.Draining.Consuming;
using ApiPoc.Benchmarks.Draining.Peers;
using ApiPoc.Simulation;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Draining;

/// <summary>Real consumers, as processes, drain the same jobs through the same referee, scenario by scenario.</summary>
internal static class DrainBenchmark
{
    private static readonly string[] Usual = ["A", "B", "C", "D", "E", "F", "G", "I", "J", "K", "S1", "S2", "S3", "S4", "S5", "S6"];

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
        var names = arguments.Scenarios.Count > 0 ? arguments.Scenarios : Usual;
        var chosen = names.Select(name => Scenarios.All.FirstOrDefault(scenario => scenario.Name == name && !scenario.IsVirtualOnly)).OfType<Scenario>().ToList();
        return chosen.Count < names.Count
            ? null
            : [.. chosen.Select(scenario => arguments.Jobs is { } jobs ? scenario with { Jobs = jobs } : scenario)];
    }
}
