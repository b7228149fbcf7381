using ApiPoc.Domain.Quotas;

namespace ApiPoc.Simulation;

/// <summary>Several window limits at once, each for the resources it applies to; a refused call charges none.</summary>
public sealed class NestedReferee(IReadOnlyList<(ResourcePattern Scope, long Size, long Period)> limits, Func<int, double> optimal) : Referee
{
    private readonly (long Opened, long Used)[] _state = [.. limits.Select(_ => (long.MinValue / 2, 0L))];

    public override bool TryAccept(string resource, long now)
    {
        var charged = Enumerable.Range(0, limits.Count).Where(index => limits[index].Scope.Matches(resource)).ToList();
        foreach (var index in charged)
        {
            if (now - _state[index].Opened >= limits[index].Period) _state[index] = (long.MinValue / 2, 0);
            if (_state[index].Used >= limits[index].Size) return false;
        }

        foreach (var index in charged) _state[index] = (_state[index].Used == 0 ? now : _state[index].Opened, _state[index].Used + 1);
        return true;
    }

    public override double OptimalTime(int jobs, long start) => optimal(jobs);
}
