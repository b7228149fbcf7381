using System.Globalization;

namespace ApiPoc.Benchmarks.Simulating;

/// <summary>What the command line asks for: <c>[--scenario A,S1] [--seeds n] [--jobs n] [--workers n]</c>.</summary>
internal sealed record SimulateArguments
{
    /// <summary>The scenarios by name; empty for all.</summary>
    public IReadOnlyList<string> Scenarios { get; private init; } = [];

    /// <summary>Seeds 1 to n of each scenario; default 20.</summary>
    public int Seeds { get; private init; } = 20;

    /// <summary>Jobs of the large run; default 1,000,000, 0 for none.</summary>
    public int Jobs { get; private init; } = 1_000_000;

    /// <summary>Workers of the large run; null for 1, 10, 100 and 1,000.</summary>
    public int? Workers { get; private init; }

    /// <summary>Reads them; null when they are not understood.</summary>
    public static SimulateArguments? Read(string[] words)
    {
        var read = new SimulateArguments();
        if (words.Length % 2 != 0)
            return null;
        foreach (string[] option in words.Chunk(2))
        {
            int? number = int.TryParse(option[1], NumberStyles.None, CultureInfo.InvariantCulture, out int parsed) ? parsed : null;
            switch (option[0])
            {
                case "--scenario":
                    read = read with { Scenarios = option[1].Split(',', StringSplitOptions.RemoveEmptyEntries) };
                    break;
                case "--seeds" when number is > 0:
                    read = read with { Seeds = number.Value };
                    break;
                case "--jobs" when number is not null:
                    read = read with { Jobs = number.Value };
                    break;
                case "--workers" when number is > 0:
                    read = read with { Workers = number };
                    break;
                default:
                    return null;
            }
        }
        return read;
    }
}
