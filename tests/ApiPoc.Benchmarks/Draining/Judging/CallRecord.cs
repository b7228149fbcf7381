using System.Globalization;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Draining.Judging;

/// <summary>The calls of a drain as a file, one line each, for whoever wants to know why.</summary>
internal static class CallRecord
{
    /// <summary>Where files are saved.</summary>
    public static string Folder => Directory.CreateDirectory(Path.Combine(RepositoryRoot.Path, "artifacts", "benchmarks")).FullName;

    /// <summary>Saves them as <c>calls-{scenario}-{consumer}.csv</c>, over those of the last run.</summary>
    /// <param name="name">Scenario and consumer.</param>
    /// <param name="calls">The calls, by time of arrival.</param>
    public static void Save(string name, IReadOnlyList<Call> calls)
    {
        long start = calls.Count > 0 ? calls[0].At : 0;
        string file = Path.Combine(Folder, $"calls-{name.Replace('/', '-')}.csv");
        File.WriteAllLines(file, calls.Select(call => string.Create(
            CultureInfo.InvariantCulture,
            $"{(call.At - start) / 1e6:0.000000},{(call.AnsweredAt - start) / 1e6:0.000000},{call.Job},{call.Attempt},{call.Caller},{(call.IsAccepted ? 200 : 429)}"))
            .Prepend("arrived_s,answered_s,job,attempt,caller,status"));
    }
}
