using ApiPoc.Domain.Jobs;

namespace ApiPoc.Simulation.Jobs;

/// <summary>
/// Two orchestrators and their workers over a queue at its worst, in virtual time (ms): every step of an attempt may be its worker's last or
/// take longer than its lease, orchestrators die with jobs in hand, replies are lost. Faults end after a while; then everything must come to
/// an end. What was given up is then moved back to the queue, and must come to an end again. One thread, one seed, one history.
/// </summary>
public sealed class JobWorld
{
    private const int MaxAttempts = 3;
    private const int Lease = 5_000;
    private const int Visibility = 6_000;
    private const int RenewEvery = 2_000;
    private const int LostJobDelay = 1_000;
    private const int DeleteTries = 4;
    private const int FaultsUntil = 60_000;
    private const int RedriveAt = 300_000;
    private const int End = 600_000;

    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private readonly JobHistory _history = new(MaxAttempts);
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private readonly int[] _lives = [0, 0];
    private readonly Random _random;
    private readonly PlantedBug _bug;
    private readonly bool _refusesRepeats;
    private readonly FakeQueue _queue;
    private readonly LedgerTwin _ledger;
    private long _now;
    private long _order;

    private JobWorld(int seed, PlantedBug bug)
    {
        _random = new Random(seed);
        _bug = bug;
        _refusesRepeats = _random.Next(2) == 0;
        _queue = new FakeQueue(_random, duplicates: 0.05);
        _ledger = new LedgerTwin(keep: End, isFenced: bug is not PlantedBug.NoFencing, isDeduplicated: bug is not PlantedBug.NoDedupe);
    }

    /// <summary>Lives one seed to its end.</summary>
    /// <returns>What happened, and the first broken invariant, if any.</returns>
    public static (JobHistory History, string? Violation) Run(int seed, PlantedBug bug = PlantedBug.None)
    {
        var world = new JobWorld(seed, bug);
        world.Accept(world._random.Next(2, 8));
        for (var orchestrator = 0; orchestrator < world._lives.Length; orchestrator++)
        {
            world.Poll(orchestrator);
            world.PlanDeath(orchestrator);
        }

        world.After(RedriveAt, world.Redrive);
        while (world._events.TryDequeue(out var action, out var key) && key.At < End)
        {
            world._now = key.At;
            action();
        }

        return (world._history, world._history.Judge(world._queue.Count));
    }

    /// <summary>Sends each job once; now and then twice, as a sender does that heard no reply.</summary>
    private void Accept(int jobs)
    {
        for (var number = 0; number < jobs; number++)
        {
            var job = $"job-{number}";
            _history.Accepted(job);
            _queue.Send(job);
            if (Fault(0.1)) _queue.Send(job);
        }
    }

    private void Poll(int orchestrator)
    {
        if (_queue.Receive(_now, Visibility) is { } delivery)
        {
            _history.Note(_now, delivery.Job, $"received by {orchestrator}");
            if (_bug is PlantedBug.DeleteBeforeWork) _queue.Delete(delivery);
            if (delivery.Redrive is { } redrive) _ledger.Reopen(delivery.Job, redrive, _now);
            var flight = new Flight(delivery, orchestrator, _lives[orchestrator]);
            Renew(flight);
            Step(flight, () => Begin(flight));
        }

        if (_queue.Count > 0) After(Between(20, 400), () => Poll(orchestrator));
    }

    private void Redrive()
    {
        if (_queue.Count > 0) return; // stuck, as the judge will say
        foreach (string job in _history.Redrive())
        {
            _history.Note(_now, job, "moved back from the dead-letter queue");
            _queue.Send(job, redrive: $"{_now}");
        }

        for (var orchestrator = 0; orchestrator < _lives.Length; orchestrator++) Poll(orchestrator);
    }

    private void PlanDeath(int orchestrator) => After(Between(5_000, 40_000), () =>
    {
        if (_now > FaultsUntil) return;
        _lives[orchestrator]++;
        _history.Note(_now, "-", $"orchestrator {orchestrator} died and came back");
        PlanDeath(orchestrator);
    });

    private void Renew(Flight flight) => After(RenewEvery, () =>
    {
        if (!IsHeld(flight)) return;
        FakeQueue.Hide(flight.Delivery, _now + Visibility);
        Renew(flight);
    });

    /// <summary>The next step of an attempt: soon, or after its lease, or never.</summary>
    private void Step(Flight flight, Action next)
    {
        var delay = Between(1, 100);
        if (Fault(0.04))
        {
            After(delay, () => Lose(flight));
            return;
        }

        if (Fault(0.05))
        {
            // The orchestrator may give a silent worker up; the worker does not know.
            if (_random.Next(2) == 0) After(Between(100, Lease), () => Lose(flight));
            delay += Between(Lease, 4 * Lease);
        }

        After(delay, next);
    }

    private void Begin(Flight flight)
    {
        var start = _ledger.Begin(flight.Job, MaxAttempts, Lease, _now);
        _history.Note(_now, flight.Job, $"{start.Kind}, fence {start.Fence}, attempt {start.Attempts}");
        switch (start.Kind)
        {
            case AttemptStartKind.Started:
                _history.Began(flight.Job, start.Fence);
                Step(flight, () => Call(flight, start));
                break;
            case AttemptStartKind.AlreadyCompleted:
                Reply(flight, JobOutcomeKind.Completed);
                break;
            case AttemptStartKind.InProgress:
                Reply(flight, JobOutcomeKind.Busy, (int)TwinPause.Of(start.BusyFor).TotalMilliseconds);
                break;
            default:
                Reply(flight, JobOutcomeKind.Rejected);
                break;
        }
    }

    /// <summary>The API answers: well, with a 429, with a 500 or, as it likes, with a 409; where it refuses repeats, with that once it has answered well.</summary>
    private void Call(Flight flight, AttemptStart start)
    {
        Action<Flight, AttemptStart> end = _random.Next(10) switch
        {
            0 or 1 => Throttled,
            2 => Failed,
            3 when _random.Next(2) == 0 => Refused,
            _ => _answered.Add(flight.Job) || !_refusesRepeats ? Answered : Refused,
        };
        Step(flight, () => end(flight, start));
    }

    private void Answered(Flight flight, AttemptStart start)
    {
        var completion = _ledger.Complete(flight.Job, start.Fence, _now);
        _history.Note(_now, flight.Job, $"result of fence {start.Fence}: {completion}");
        _history.Completed(flight.Job, start.Fence, completion);
        Reply(flight, completion is Completion.Stale ? JobOutcomeKind.Busy : JobOutcomeKind.Completed);
    }

    private void Throttled(Flight flight, AttemptStart start)
    {
        if (_ledger.Refund(flight.Job, start.Fence, _now)) _history.Excused(flight.Job);
        _history.Note(_now, flight.Job, $"429 of fence {start.Fence}");
        Reply(flight, JobOutcomeKind.Throttled);
    }

    private void Failed(Flight flight, AttemptStart start)
    {
        var isLast = start.Attempts >= MaxAttempts;
        var isNewest = isLast
            ? _ledger.GiveUp(flight.Job, start.Fence, 500, "500", _now)
            : _ledger.Fail(flight.Job, start.Fence, 500, "500", _now);
        _history.Note(_now, flight.Job, $"500 of fence {start.Fence}");
        Reply(flight, !isNewest ? JobOutcomeKind.Busy : isLast ? JobOutcomeKind.Rejected : JobOutcomeKind.Failed);
    }

    private void Refused(Flight flight, AttemptStart start)
    {
        var isNewest = _bug is PlantedBug.RefusalNotKept
            ? _ledger.Fail(flight.Job, start.Fence, 409, DeadLetterReason.Rejected, _now)
            : _ledger.GiveUp(flight.Job, start.Fence, 409, DeadLetterReason.Rejected, _now);
        _history.Note(_now, flight.Job, $"409 of fence {start.Fence}");
        Reply(flight, isNewest || _bug is PlantedBug.RejectUnfenced ? JobOutcomeKind.Rejected : JobOutcomeKind.Busy);
    }

    private void Reply(Flight flight, JobOutcomeKind outcome, int delay = 500) => Step(flight, () =>
    {
        if (!IsHeld(flight)) return;
        flight.HasLanded = true;
        if (outcome is JobOutcomeKind.Completed) EndMessage(flight, isGivenUp: false);
        else if (outcome is JobOutcomeKind.Rejected) EndMessage(flight, isGivenUp: true);
        else FakeQueue.Hide(flight.Delivery, _now + delay);
    });

    /// <summary>The orchestrator sees its worker's connection end.</summary>
    private void Lose(Flight flight)
    {
        if (!IsHeld(flight)) return;
        flight.HasLanded = true;
        _ledger.Abandon(flight.Job, null, _now);
        _history.Note(_now, flight.Job, "worker lost");
        FakeQueue.Hide(flight.Delivery, _now + LostJobDelay);
    }

    /// <summary>Deletes, after dead-lettering what is given up. The reply may be lost, whether it was done or not; then it is tried again.</summary>
    private void EndMessage(Flight flight, bool isGivenUp, int tries = DeleteTries)
    {
        if (flight.Life != _lives[flight.Orchestrator]) return;
        var isLost = Fault(0.3);
        if (!isLost || _random.Next(2) == 0)
        {
            _history.Note(_now, flight.Job, isGivenUp ? "dead-lettered" : "deleted");
            if (isGivenUp) _history.DeadLetteredWith(flight.Job, DeadLetterReason.AttemptsExhausted);
            if (!isGivenUp || !Fault(0.2)) _queue.Delete(flight.Delivery);
        }

        if (isLost && tries > 1) After(100, () => EndMessage(flight, isGivenUp, tries - 1));
    }

    private bool IsHeld(Flight flight) => !flight.HasLanded && flight.Life == _lives[flight.Orchestrator];

    private bool Fault(double chance) => _now < FaultsUntil && _random.NextDouble() < chance;

    private int Between(int from, int to) => _random.Next(from, to);

    private void After(long delay, Action action) => _events.Enqueue(action, (_now + delay, _order++));

    private sealed class Flight(Delivery delivery, int orchestrator, int life)
    {
        public Delivery Delivery { get; } = delivery;

        public string Job => Delivery.Job;

        public int Orchestrator { get; } = orchestrator;

        public int Life { get; } = life;

        public bool HasLanded { get; set; }
    }
}
