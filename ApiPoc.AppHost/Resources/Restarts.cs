namespace ApiPoc.AppHost.Resources;

/// <summary>Decides from the states of one process whether and when it is started again.</summary>
internal sealed class Restarts
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A process that ran this long has recovered: its next end counts as the first.</summary>
    private static readonly TimeSpan Recovered = TimeSpan.FromMinutes(1);

    private string _state = string.Empty;
    private DateTimeOffset _running;
    private int _count;

    /// <summary>
    /// Takes the process's next state. A pause is the answer when it ended without having been asked to (who asks it passes through
    /// Stopping): none at first, then 1, 2, 4 … up to 30 s.
    /// </summary>
    public TimeSpan? PauseAfter(string state, DateTimeOffset now)
    {
        if (state == _state)
            return null;
        var wasAtWork = _state == KnownResourceStates.Running || (_state == KnownResourceStates.Starting && _count > 0);
        _state = state;
        if (state == KnownResourceStates.Running)
            _running = now;
        return wasAtWork && KnownResourceStates.TerminalStates.Contains(state) ? Next(now - _running) : null;
    }

    private TimeSpan Next(TimeSpan ran)
    {
        _count = ran >= Recovered ? 1 : _count + 1;
        return _count == 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _count - 2), LongestPause.TotalSeconds));
    }
}
