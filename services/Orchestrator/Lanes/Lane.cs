using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Orchestrator.Lanes;

/// <summary>
/// One API's jobs in this process: a bounded number in hand, some of them in flight. A closed lane takes no further jobs. Safe for
/// use by several threads; what a lane does is <see cref="LaneRunner"/>'s.
/// </summary>
internal sealed class Lane(string apiId, ApiOptions api, int capacity, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<HeldJob> _waiting = [];
    private readonly HashSet<HeldJob> _inFlight = [];
    private readonly ResourcePattern[] _scopes = [.. api.Limits.Select(limit => new ResourcePattern(limit.AppliesTo))];
    private int? _places; // fewer than the capacity while closed
    private DateTimeOffset _closedUntil;
    private bool _isClosedForQuota;

    public string ApiId { get; } = apiId;

    public ApiOptions Api { get; } = api;

    /// <summary>Set by whatever may let the lane's loop go on: a job came, one ended, the breaker changed.</summary>
    public Signal Changed { get; } = new(clock);

    /// <summary>What the lane waits for.</summary>
    public LaneWait Wait { get; set; } = LaneWait.Nothing;

    public LaneCounts Counts
    {
        get
        {
            lock (_gate) return new(_waiting.Count, _inFlight.Count);
        }
    }

    /// <summary>How many more jobs it would take.</summary>
    public int Room
    {
        get
        {
            lock (_gate) return Math.Max(0, (_places ?? capacity) - _waiting.Count - _inFlight.Count);
        }
    }

    /// <summary>While it takes no further jobs: how long to hide those that come all the same; at least a second.</summary>
    public TimeSpan TurnAwayFor
    {
        get
        {
            lock (_gate)
            {
                var left = _closedUntil - clock.GetUtcNow();
                return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
            }
        }
    }

    /// <summary>Takes a job in hand, if there is room.</summary>
    public bool TryHold(HeldJob job)
    {
        job.Limits = string.Join(' ', _scopes.Index().Where(scope => scope.Item.Matches(job.Request.Resource)).Select(scope => scope.Index));
        lock (_gate)
        {
            if (_waiting.Count + _inFlight.Count >= (_places ?? capacity))
                return false;
            _waiting.Add(job);
        }
        Changed.Set();
        return true;
    }

    /// <summary>
    /// What could be dispatched now, and when more will be. Tenants, operations and jobs under different limits come in turn, and of each
    /// kind the longest held first: many jobs of one, which may have to wait, hide no other from the quota. Both are true of one moment: a job that
    /// becomes ready between two looks would be seen by neither.
    /// </summary>
    public LaneView Look(int atMost)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            return new(
                [.. _waiting.Where(job => job.NotBefore <= now).InTurn(job => (job.Request.Tenant, job.Job.Operation, job.Limits)).Take(atMost)],
                _waiting.Select(job => job.NotBefore - now).Where(left => left > TimeSpan.Zero).Cast<TimeSpan?>().Min());
        }
    }

    /// <summary>Moves a waiting job into flight; false when it no longer waits.</summary>
    public bool TryTakeOff(HeldJob job)
    {
        lock (_gate) return _waiting.Remove(job) && _inFlight.Add(job);
    }

    /// <summary>A job in flight waits again, and not before a moment.</summary>
    /// <param name="job">The job.</param>
    /// <param name="delay">How long it is left alone.</param>
    /// <param name="reason">Why, for people.</param>
    public void PutBack(HeldJob job, TimeSpan delay, string reason)
    {
        lock (_gate)
        {
            job.Pause = new(reason, clock.GetUtcNow() + delay);
            if (_inFlight.Remove(job))
                _waiting.Insert(0, job);
        }
        Changed.Set();
    }

    /// <summary>A job is no longer in hand.</summary>
    public void LetGo(HeldJob job)
    {
        lock (_gate)
        {
            if (!_inFlight.Remove(job))
                _waiting.Remove(job);
        }
        Changed.Set();
    }

    /// <summary>Lets go of all waiting jobs, for the caller to hand back.</summary>
    public IReadOnlyList<HeldJob> LetGoOfWaiting()
    {
        lock (_gate)
        {
            HeldJob[] released = [.. _waiting];
            _waiting.Clear();
            return released;
        }
    }

    /// <summary>Takes no further jobs while the breaker is not closed, but for as many as <paramref name="places"/>.</summary>
    public void CloseForBreaker(TimeSpan time, int places) => Close(time, places, isForQuota: false);

    /// <summary>Takes no further jobs until the quota returns.</summary>
    public void CloseForQuota(TimeSpan time) => Close(time, places: 0, isForQuota: true);

    /// <summary>Takes jobs again, unless the quota it was closed for is still to return.</summary>
    /// <returns>How long that still is; null when the lane is open.</returns>
    public TimeSpan? TryOpen()
    {
        lock (_gate)
        {
            var left = _closedUntil - clock.GetUtcNow();
            if (_isClosedForQuota && left > TimeSpan.Zero)
                return left;
            (_places, _closedUntil, _isClosedForQuota) = (null, default, false);
            return null;
        }
    }

    /// <summary>Every job in hand.</summary>
    public IReadOnlyList<HeldJob> All()
    {
        lock (_gate) return [.. _waiting, .. _inFlight];
    }

    /// <summary>The messages in hand that ask for a job, each with what it waits for; null for one in flight.</summary>
    public IReadOnlyList<(HeldJob Held, LaneWait? Wait)> Find(string jobId)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            return
            [
                .. _waiting.Where(job => job.Job.JobId == jobId).Select(job => (job, (LaneWait?)WaitOf(job, now))),
                .. _inFlight.Where(job => job.Job.JobId == jobId).Select(job => (job, (LaneWait?)null)),
            ];
        }
    }

    /// <summary>How many jobs wait for the quota, by the limit.</summary>
    public IReadOnlyDictionary<string, int> WaitingForQuota()
    {
        var now = clock.GetUtcNow();
        lock (_gate) return _waiting.Where(job => job.NotBefore <= now && job.QuotaWait.Until > now).CountBy(job => job.QuotaWait.For).ToDictionary();
    }

    /// <summary>Whether a job waits: has neither been dispatched nor let go.</summary>
    public bool IsWaiting(HeldJob job)
    {
        lock (_gate) return _waiting.Contains(job);
    }

    private LaneWait WaitOf(HeldJob job, DateTimeOffset now) => job.NotBefore > now ? job.Pause : job.QuotaWait.Until > now ? job.QuotaWait : Wait;

    private void Close(TimeSpan time, int places, bool isForQuota)
    {
        lock (_gate) (_places, _closedUntil, _isClosedForQuota) = (places, clock.GetUtcNow() + time, isForQuota);
    }
}

/// <summary>A lane's waiting jobs at one moment.</summary>
/// <param name="Ready">Those that could be dispatched.</param>
/// <param name="NextReadyIn">How long until another becomes ready; null when none will by itself.</param>
internal sealed record LaneView(IReadOnlyList<HeldJob> Ready, TimeSpan? NextReadyIn);

/// <summary>How many jobs a lane has in hand.</summary>
internal sealed record LaneCounts(int Waiting, int InFlight)
{
    public int InHand => Waiting + InFlight;
}
