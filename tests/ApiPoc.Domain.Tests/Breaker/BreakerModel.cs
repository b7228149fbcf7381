using ApiPoc.Domain.Breaker;

namespace ApiPoc.Domain.Tests.Breaker;

/// <summary>The rule under check: the production one, or one with a bug planted.</summary>
internal delegate BreakerTransition BreakerRule(BreakerState state, BreakerEvent happened, DateTimeOffset now, BreakerTimes times);

/// <summary>What the checked world may do.</summary>
/// <param name="Next">The rule.</param>
/// <param name="ComparesEpoch">Whether a write is refused when the state has changed since it was read; false is a planted bug.</param>
/// <param name="IsUndisturbed">Whether probes always end before their claim and the store keeps its data; crashes happen in any case.</param>
internal sealed record BreakerWorld(BreakerRule Next, bool ComparesEpoch = true, bool IsUndisturbed = false);

/// <summary>How far a process is. Every arrow between phases is a step at which it may crash.</summary>
internal enum Phase
{
    Idle,
    Calling,
    Probing,
    Reporting,
    Writing,
}

/// <summary>A process: what it knows of the shared state, and what it is about to do.</summary>
/// <param name="Phase">How far it is.</param>
/// <param name="Epoch">Calling and Probing: the epoch of the call. Writing: the epoch it read.</param>
/// <param name="Happened">Reporting and Writing: the event.</param>
/// <param name="Write">Writing: the decided transition.</param>
internal sealed record Actor(Phase Phase, long Epoch, BreakerEvent? Happened, BreakerTransition? Write)
{
    public static Actor Idle { get; } = new(Phase.Idle, 0, null, null);
}

/// <summary>One step to another global state.</summary>
/// <param name="Name">For the trace of a violation.</param>
/// <param name="To">The state after it.</param>
/// <param name="IsBenign">Whether it belongs to a world in which the API answers well and nothing breaks.</param>
/// <param name="Violation">What this step itself broke.</param>
internal sealed record Step(string Name, BreakerSnapshot To, bool IsBenign, string? Violation = null);

/// <summary>
/// Processes that call, report and probe through one shared breaker, in steps as small as the production code's: read, decide,
/// compare-and-set. Time is reduced to whether the deadline has passed.
/// </summary>
internal sealed record BreakerSnapshot(BreakerState Store, Actor[] Actors)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1000);
    private static readonly BreakerTimes Times = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    public IEnumerable<Step> Steps(BreakerWorld world)
    {
        for (int i = 0; i < Actors.Length; i++)
        {
            foreach (var step in StepsOf(i, world))
                yield return step;
            if (Actors[i].Phase != Phase.Idle)
                yield return new($"{i} crashes", With(i, Actor.Idle), IsBenign: false);
        }

        if (Store.ProbeAt > Now && !(world.IsUndisturbed && IsProbed))
            yield return new("the deadline passes", this with { Store = Store with { ProbeAt = Now } }, IsBenign: true);
        if (!world.IsUndisturbed)
            yield return new("the store loses its data", this with { Store = BreakerState.Initial }, IsBenign: false);
    }

    /// <summary>I3: one probe at most; when processes may be paused for long, one at most whose result will count.</summary>
    public string? Violation(BreakerWorld world)
    {
        int current = Actors.Count(actor => actor.Phase == Phase.Probing && actor.Epoch == Store.Epoch);
        int all = Actors.Count(actor => actor.Phase == Phase.Probing);
        return current > 1 ? "two probes hold the current epoch" : world.IsUndisturbed && all > 1 ? "two probes are under way" : null;
    }

    /// <summary>The same state with epochs renumbered and processes sorted: what cannot be told apart is visited once.</summary>
    public BreakerSnapshot Canonical()
    {
        var epochs = Actors.SelectMany(EpochsOf).Append(Store.Epoch).Append(0).Distinct().Order().ToList();
        var actors = Actors.Select(actor => Renumber(actor, epochs.IndexOf)).OrderBy(actor => actor.ToString(), StringComparer.Ordinal);
        return new(Renumber(Store, epochs.IndexOf), [.. actors]);
    }

    public string Key() => $"{Store}{string.Join<Actor>('|', Actors)}";

    private bool IsProbed => Actors.Any(actor => actor.Phase == Phase.Probing && actor.Epoch == Store.Epoch);

    private IEnumerable<Step> StepsOf(int i, BreakerWorld world)
    {
        var actor = Actors[i];
        switch (actor.Phase)
        {
            case Phase.Idle:
                if (Store.Circuit == CircuitState.Closed)
                    yield return new($"{i} calls", With(i, Actor.Idle with { Phase = Phase.Calling, Epoch = Store.Epoch }), IsBenign: true);
                else
                    yield return Decide(i, new ProbeWanted("p"), world);
                break;
            case Phase.Calling:
                yield return new($"{i} is answered", With(i, Actor.Idle), IsBenign: true);
                yield return Report(i, new CallThrottled(actor.Epoch, null, ""), isBenign: false);
                yield return Report(i, new CallsFailed(actor.Epoch, ""), isBenign: false);
                break;
            case Phase.Probing:
                yield return Report(i, new ProbeSucceeded(actor.Epoch), isBenign: true);
                yield return Report(i, new ProbeFailed(actor.Epoch, null, ""), isBenign: false);
                break;
            case Phase.Reporting:
                yield return Decide(i, actor.Happened!, world);
                break;
            case Phase.Writing:
                yield return Write(i, actor, world);
                break;
        }
    }

    private Step Report(int i, BreakerEvent happened, bool isBenign) =>
        new($"{i} learns {happened.GetType().Name}", With(i, Actor.Idle with { Phase = Phase.Reporting, Happened = happened }), isBenign);

    private Step Decide(int i, BreakerEvent happened, BreakerWorld world)
    {
        var transition = world.Next(Store, happened, Now, Times);
        var next = transition.IsChange ? new Actor(Phase.Writing, Store.Epoch, happened, transition) : Actor.Idle;
        return new($"{i} reads and decides {transition.Effect}", With(i, next), IsBenign: true);
    }

    private Step Write(int i, Actor actor, BreakerWorld world)
    {
        if (world.ComparesEpoch && actor.Epoch != Store.Epoch)
            return new($"{i} lost the race", With(i, Actor.Idle with { Phase = Phase.Reporting, Happened = actor.Happened }), IsBenign: true);

        var transition = actor.Write!;
        var next = transition.Effect == BreakerEffect.ProbeGranted
            ? Actor.Idle with { Phase = Phase.Probing, Epoch = transition.After.Epoch }
            : Actor.Idle;
        bool isForeign = ReportedEpoch(actor.Happened!) is { } reported && reported != Store.Epoch;
        return new(
            $"{i} writes {transition.Effect}", With(i, next) with { Store = transition.After }, IsBenign: true,
            isForeign ? "a result of another epoch decided" : null);
    }

    private BreakerSnapshot With(int i, Actor actor)
    {
        Actor[] actors = [.. Actors];
        actors[i] = actor;
        return this with { Actors = actors };
    }

    private static long? ReportedEpoch(BreakerEvent happened) => happened switch
    {
        CallThrottled report => report.Epoch,
        CallsFailed report => report.Epoch,
        ProbeSucceeded report => report.Epoch,
        ProbeFailed report => report.Epoch,
        _ => null,
    };

    private static IEnumerable<long> EpochsOf(Actor actor)
    {
        yield return actor.Epoch;
        if (actor.Happened is { } happened && ReportedEpoch(happened) is { } reported)
            yield return reported;
        if (actor.Write is { } write)
            yield return write.After.Epoch;
    }

    private static Actor Renumber(Actor actor, Func<long, int> rank) => actor with
    {
        Epoch = rank(actor.Epoch),
        Happened = actor.Happened switch
        {
            CallThrottled report => report with { Epoch = rank(report.Epoch) },
            CallsFailed report => report with { Epoch = rank(report.Epoch) },
            ProbeSucceeded report => report with { Epoch = rank(report.Epoch) },
            ProbeFailed report => report with { Epoch = rank(report.Epoch) },
            var other => other,
        },
        // Only what will be written matters; what was met is known by its epoch.
        Write = actor.Write is { } write ? write with { Before = BreakerState.Initial, After = Renumber(write.After, rank) } : null,
    };

    private static BreakerState Renumber(BreakerState state, Func<long, int> rank) => state with { Epoch = rank(state.Epoch), Failures = 0 };
}
