using ApiPoc.Domain.Quotas;

namespace ApiPoc.Simulation;

/// <summary>Writes down when another referee accepted calls.</summary>
public sealed class AuditedReferee(Referee referee) : Referee
{
    private readonly List<long> _accepted = [];

    public override bool TryAccept(string resource, long now)
    {
        var isAccepted = referee.TryAccept(resource, now);
        if (isAccepted) _accepted.Add(now);
        return isAccepted;
    }

    public override QuotaHeaders HeadersAt(bool isAccepted, long now) => referee.HeadersAt(isAccepted, now);

    public override double OptimalTime(int jobs, long start) => referee.OptimalTime(jobs, start);

    /// <summary>The most calls accepted in any time shorter than <paramref name="period"/> (µs).</summary>
    public int MostIn(long period)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < _accepted.Count; last++)
        {
            while (_accepted[last] - _accepted[first] >= period) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
