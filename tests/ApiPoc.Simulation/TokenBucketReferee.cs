namespace ApiPoc.Simulation;

/// <summary>A token bucket with continuous refill.</summary>
public sealed class TokenBucketReferee(long burst, double ratePerSecond) : Referee
{
    private double _tokens = burst;
    private long _at = long.MinValue;

    public override bool TryAccept(string resource, long now)
    {
        _tokens = _at == long.MinValue ? burst : Math.Min(burst, _tokens + ((now - _at) * ratePerSecond / 1e6));
        _at = now;
        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }

    public override double OptimalTime(int jobs, long start) => Math.Max(0, (jobs - burst) / ratePerSecond * 1e6);
}
