using System.Globalization;

namespace ApiPoc.Benchmarks.Draining;

/// <summary>What the command line asks for: <c>[--scenario A,S1] [--seed n] [--jobs n] [--orchestrators n] [--peers] [--cold]</c>.</summary>
internal sealed record DrainArguments
{
    /// <summary>The scenarios by name; empty for the usual ones.</summary>
    public IReadOnlyList<string> Scenarios { get; private init; } = [];

    /// <summary>Seeds latencies, the order of jobs and other clients; default 1.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>Jobs per scenario; null for the scenario's own number.</summary>
    public int? Jobs { get; private init; }

    /// <summary>Processes that orchestrate; default 1.</summary>
    public int Orchestrators { get; private init; } = 1;

    /// <summary>Whether the peers are measured too.</summary>
    public bool WithPeers { get; private init; }

    /// <summary>Whether processes meet the first job as they started, without having made calls that do not count.</summary>
    public bool IsCold { get; private init; }

    /// <summary>Reads them; null when they are not understood.</summary>
    public static DrainArguments? Read(IEnumerable<string> arguments)
    {
        var read = new DrainArguments();
        using var words = arguments.GetEnumerator();
        while (words.MoveNext())
        {
            switch (words.Current)
            {
                case "--peers":
                    read = read with { WithPeers = true };
                    break;
                case "--cold":
                    read = read with { IsCold = true };
                    break;
                case "--scenario" when words.MoveNext():
                    read = read with { Scenarios = words.Current.Split(',', StringSplitOptions.RemoveEmptyEntries) };
                    break;
                case "--seed" when Number(words) is { } seed:
                    read = read with { Seed = seed };
                    break;
                case "--jobs" when Number(words) is { } jobs and > 0:
                    read = read with { Jobs = jobs };
                    break;
                case "--orchestrators" when Number(words) is { } orchestrators and > 0:
                    read = read with { Orchestrators = orchestrators };
                    break;
                default:
                    return null;
            }
        }
        return read;
    }

    private static int? Number(IEnumerator<string> words) =>
        words.MoveNext() && int.TryParse(words.Current, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
