using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Simulation;

/// <summary>Runs the production quota rules against a referee in virtual time: one thread, one seed, one answer.</summary>
public sealed class Drain
{
    /// <summary>Reports gather this long at most (µs).</summary>
    private const long Gather = 200_000;

    /// <summary>How long the jobs of a killed worker, and of a killed orchestrator, are gone (µs): the orchestrator's LostJobDelay and Visibility.</summary>
    private static readonly Dictionary<CrashVictim, long> GoneFor = new() { [CrashVictim.Worker] = 1_000_000, [CrashVictim.Orchestrator] = 30_000_000 };

    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private readonly Scenario _scenario;
    private readonly Random _random;
    private readonly Stalls[] _stalls;
    private readonly Referee _referee;
    private readonly QuotaRules _rules;
    private readonly QuotaState _state;
    private readonly Queue<int> _backlog;
    private readonly List<int>[] _waiting;
    private readonly HashSet<int>[] _inHand;
    private readonly long[] _askAt;
    private readonly List<QuotaReport>[] _reports;
    private readonly long[] _reportAt;
    private readonly Dictionary<long, int> _permitted = [];
    private readonly int[] _doneBy;
    private readonly List<(int Job, long At)> _done = [];
    private readonly HashSet<int> _doneJobs = [];
    private readonly HashSet<int> _accepted = [];
    private int? _dead;
    private long _now;
    private long _order;
    private readonly Dictionary<string, long> _closedUntil = [];
    private long _lastSent;
    private int _calls;
    private int _refused;
    private int _trips;
    private int _repeated;

    private Drain(Scenario scenario, int seed)
    {
        _scenario = scenario;
        _random = new Random(seed);
        _referee = scenario.Referee(_random);
        _rules = new QuotaRules([.. scenario.Declared.Select(limit => new ResourcePattern(limit.AppliesTo))], scenario.Weights);
        _state = QuotaState.Create(scenario.Declared);
        _backlog = new Queue<int>(Enumerable.Range(0, scenario.Jobs));
        _waiting = [.. Enumerable.Range(0, scenario.Processes).Select(_ => new List<int>())];
        _inHand = [.. Enumerable.Range(0, scenario.Processes).Select(_ => new HashSet<int>())];
        _doneBy = new int[scenario.Processes];
        _askAt = [.. Enumerable.Repeat(long.MaxValue, scenario.Processes)];
        _reports = [.. Enumerable.Range(0, scenario.Processes).Select(_ => new List<QuotaReport>())];
        _reportAt = [.. Enumerable.Repeat(long.MaxValue, scenario.Processes)];
        _now = scenario.Start;
        _stalls = [.. Enumerable.Range(0, scenario.Processes).Select(process => new Stalls(scenario.Noise, new Random((seed * 31) + process), scenario.Start))];
    }

    /// <summary>The state at the end, for looking at what was learned.</summary>
    public QuotaState State => _state;

    /// <summary>Virtual time (µs).</summary>
    public long Now => _now;

    /// <summary>Drains the scenario's backlog, or stops after <paramref name="patience"/> of virtual time.</summary>
    public static DrainFigures Run(Scenario scenario, int seed, TimeSpan? patience = null, Action<Drain>? look = null)
    {
        var drain = new Drain(scenario, seed);
        for (var process = 0; process < scenario.Processes; process++) drain.PlanAsk(process, drain._now + (process * 500));
        var end = scenario.Start + (long)(patience ?? TimeSpan.FromDays(40)).TotalMicroseconds;
        drain.Live(until: end, isDone: () => drain._doneJobs.Count == scenario.Jobs);
        var figures = drain.Figures();
        if (look is null) return figures;

        // Whoever looks at the end sees it at rest: every call answered, every report written.
        drain.Live(until: end, isDone: () => false);
        look(drain);
        return figures;
    }

    private void Live(long until, Func<bool> isDone)
    {
        while (!isDone() && _events.TryPeek(out _, out var next) && next.At <= until)
        {
            _now = next.At;
            _events.Dequeue()();
        }
    }

    private DrainFigures Figures()
    {
        var optimal = _referee.OptimalTime(_scenario.Jobs, _scenario.Start);
        double taken = Math.Max(1, _lastSent - _scenario.Start);
        long[] waits = [.. _done.Select(done => done.At - _scenario.Start).Order()];
        return new DrainFigures(
            _doneJobs.Count == _scenario.Jobs ? optimal / Math.Max(taken, optimal) : 0,
            _refused / (double)Math.Max(1, _calls),
            taken / 1e6,
            _refused,
            _trips,
            _doneJobs.Count,
            _repeated,
            _scenario.Weights.Count > 1 ? JainIndex.OfTenants(_scenario, _done.Select(done => done.Job)) : JainIndex.Of([.. _doneBy.Select(done => (double)done)]),
            waits.Length > 0 ? waits[(int)((waits.Length - 1) * 0.99)] / 1e6 : 0);
    }

    private void At(long at, Action action) => _events.Enqueue(action, (Math.Max(at, _now), _order++));

    private void PlanAsk(int process, long at)
    {
        if (_askAt[process] <= at) return;
        _askAt[process] = at;
        At(_stalls[process].Awake(at), () =>
        {
            if (_askAt[process] != at) return;
            _askAt[process] = long.MaxValue;
            Ask(process);
        });
    }

    private void Ask(int process)
    {
        if (process == _dead) return;
        while (_inHand[process].Count < _scenario.InHand && _backlog.TryDequeue(out var job))
        {
            _waiting[process].Add(job);
            _inHand[process].Add(job);
        }

        // What a process has heard it reckons with at once; others hear of it a little sooner here than when it is told.
        foreach (var report in _reports[process]) Learn(report);
        _reports[process].Clear();
        if (_waiting[process].Count == 0)
        {
            TellWhenDue(process, isTrip: false);
            return;
        }

        var jobs = _waiting[process].ToList();
        var answer = _rules.Ask(_state, [.. jobs.Select(job => new PermitRequest($"{job}", _scenario.Resource(job), _scenario.Tenant(job)))], _now);

        // An ask that is granted nothing is answered from the process's copy of the state, and carries along what has gathered only when that is due.
        TellWhenDue(process, isTrip: answer.Grants.Count > 0);
        foreach (var grant in answer.Grants)
        {
            var job = jobs[grant.Request];
            _waiting[process].Remove(job);
            _permitted[grant.PermitId] = process;
            At(_stalls[process].Awake(Math.Max(_now, grant.Moment) + Late()), () => Send(process, job, grant));
        }

        if (_waiting[process].Count > 0) PlanAsk(process, Math.Max(answer.AskAgainAt, _now + 1_000));
    }

    private void TellWhenDue(int process, bool isTrip)
    {
        if (isTrip || _reportAt[process] <= _now)
        {
            _trips++;
            _reportAt[process] = long.MaxValue;
        }
        else if (_reportAt[process] < long.MaxValue)
        {
            PlanAsk(process, _reportAt[process]);
        }
    }

    private void Send(int process, int job, QuotaGrant grant)
    {
        if (process == _dead) return;
        if (ClosedUntil(job) is var closedUntil && closedUntil > _now)
        {
            if (closedUntil > _now + QuotaRules.Horizon)
            {
                TakeBack(process, job, grant);
                return;
            }

            At(_stalls[process].Awake(closedUntil + Late()), () => Send(process, job, grant));
            return;
        }

        if (_now > grant.Moment + QuotaRules.SendWithin)
        {
            TakeBack(process, job, grant);
            return;
        }

        var sent = _now;
        _lastSent = _now;
        _calls++;
        At(_now + _random.Next(100, 800) + Noise(), () =>
        {
            var accepted = _referee.TryAccept(_scenario.Resource(job), ApisNow);
            if (accepted && !_accepted.Add(job)) _repeated++;
            var headers = _referee.HeadersAt(accepted, ApisNow);
            var takes = accepted ? _random.Next(_scenario.Latency.From, _scenario.Latency.To) : 2_000;
            At(_stalls[process].Awake(_now + takes + Noise()), () => Answered(process, job, new QuotaReport(grant.PermitId, sent, _now, accepted ? 200 : 429, headers)));
        });
    }

    private long ApisNow => _scenario.ClockStep is { } step && _now > _scenario.Start + step.After ? _now - step.By : _now;

    private void TakeBack(int process, int job, QuotaGrant grant)
    {
        QuotaRules.Return(_state, grant.PermitId);
        _permitted.Remove(grant.PermitId);
        _waiting[process].Add(job);
        PlanAsk(process, _now + 1_000);
    }

    private int Noise() => _scenario.Noise.Next(_random, _now - _scenario.Start);

    private int Late() => _random.Next(_scenario.Jitter.From, _scenario.Jitter.To) + Noise();

    private void Answered(int process, int job, QuotaReport report)
    {
        if (process == _dead) return;
        _permitted.Remove(report.PermitId);
        _reports[process].Add(report);
        if (report.Status is 429)
        {
            _refused++;
            _waiting[process].Add(job);
        }
        else
        {
            _done.Add((job, _now));
            _doneJobs.Add(job);
            _doneBy[process]++;
            _inHand[process].Remove(job);
            if (_dead is null && _scenario.Crash is { } crash && _doneJobs.Count >= crash.At * _scenario.Jobs) Kill(process, crash.Victim);
        }

        _reportAt[process] = Math.Min(_reportAt[process], report.Status is 429 ? _now : _now + Math.Min(Gather, _state.ReportWithin(isLast: _reports[process].Count >= _state.Outstanding.Count)));
        PlanAsk(process, _reportAt[process]);
    }

    private void Kill(int process, CrashVictim victim)
    {
        _dead = process;
        if (victim is CrashVictim.Worker)
        {
            foreach (var report in _reports[process]) Learn(report);
            foreach (var (permit, holder) in _permitted.ToList())
            {
                if (holder == process) Learn(new QuotaReport(permit, _now, _now, null, QuotaHeaders.None));
            }
        }

        var lost = _inHand[process].ToList();
        At(_now + GoneFor[victim], () =>
        {
            foreach (var job in lost) _backlog.Enqueue(job);
            for (var other = 0; other < _scenario.Processes; other++) PlanAsk(other, _now + (other * 500));
        });
    }

    private void Learn(QuotaReport report)
    {
        if (QuotaRules.Report(_state, report) is { } closing)
            At(_now + 2_000, () => _closedUntil[closing.Tenant ?? ""] = Math.Max(_closedUntil.GetValueOrDefault(closing.Tenant ?? ""), closing.Until));
    }

    /// <summary>No limit is the nameless tenant's alone.</summary>
    private long ClosedUntil(int job) => Math.Max(_closedUntil.GetValueOrDefault(""), _closedUntil.GetValueOrDefault(_scenario.Tenant(job)));
}
