using ApiPoc.Domain.Breaker;

namespace ApiPoc.Domain.Tests.Breaker;

/// <summary>What an exploration found.</summary>
/// <param name="States">Distinct global states reached.</param>
/// <param name="Violation">The first broken invariant with the steps that lead there; null when all hold.</param>
internal sealed record Exploration(int States, string? Violation);

/// <summary>
/// Visits every reachable state of a <see cref="BreakerWorld"/>, breadth first. Judges I3 at each, and I4 over all: from every state a
/// world in which nothing more goes wrong can get the breaker closed.
/// </summary>
internal static class BreakerExplorer
{
    public static Exploration Explore(BreakerWorld world, int actors)
    {
        var start = new BreakerSnapshot(BreakerState.Initial, [.. Enumerable.Repeat(Actor.Idle, actors)]);
        var found = new Dictionary<string, int>(StringComparer.Ordinal) { [start.Key()] = 0 };
        List<(BreakerSnapshot State, int From, string By)> visited = [(start, -1, "start")];
        List<(int From, int To)> benign = [];

        for (int at = 0; at < visited.Count; at++)
        {
            foreach (var step in visited[at].State.Steps(world))
            {
                var next = step.To.Canonical();
                string key = next.Key();
                if (!found.TryGetValue(key, out int index))
                {
                    index = found[key] = visited.Count;
                    visited.Add((next, at, step.Name));
                }
                if (step.IsBenign)
                    benign.Add((at, index));
                if ((step.Violation ?? step.To.Violation(world)) is { } violation)
                    return new(visited.Count, $"{violation}: {Trace(visited, at)} > {step.Name}");
            }
        }

        int stuck = FindDeadEnd(visited.ConvertAll(visit => visit.State.Store.Circuit == CircuitState.Closed), benign);
        return new(visited.Count, stuck < 0 ? null : $"no way to Closed: {Trace(visited, stuck)}");
    }

    private static int FindDeadEnd(List<bool> isClosed, List<(int From, int To)> benign)
    {
        var into = benign.ToLookup(edge => edge.To, edge => edge.From);
        bool[] canClose = [.. isClosed];
        var queue = new Queue<int>(Enumerable.Range(0, canClose.Length).Where(index => canClose[index]));
        while (queue.TryDequeue(out int index))
        {
            foreach (int from in into[index].Where(from => !canClose[from]))
            {
                canClose[from] = true;
                queue.Enqueue(from);
            }
        }
        return Array.IndexOf(canClose, false);
    }

    private static string Trace(List<(BreakerSnapshot State, int From, string By)> visited, int at)
    {
        var names = new Stack<string>();
        for (; at >= 0; at = visited[at].From)
            names.Push(visited[at].By);
        return string.Join(" > ", names);
    }
}
