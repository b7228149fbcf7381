using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Intake;
using ApiPoc.Orchestrator.Lanes;
using ApiPoc.Testing;

namespace ApiPoc.Orchestrator.Tests;

public sealed class LaneTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Lane _lane;

    public LaneTests() => _lane = new("ODG_SURVEYS", new ApiOptions(), capacity: 2, _clock);

    [Fact]
    public void TryHold_Full_TakesNoMore()
    {
        var first = Hold();
        Hold();

        Assert.False(_lane.TryHold(NewJob()));
        _lane.LetGo(first);
        Assert.True(_lane.TryHold(NewJob()));
    }

    [Fact]
    public void TryTakeOff_SecondTime_IsRefused()
    {
        var job = Hold();

        Assert.True(_lane.TryTakeOff(job));
        Assert.False(_lane.TryTakeOff(job));
        Assert.Equal(new(Waiting: 0, InFlight: 1), _lane.Counts);
    }

    [Fact]
    public void PutBack_WithDelay_IsReadyOnlyThen()
    {
        var job = Hold();
        _lane.TryTakeOff(job);

        _lane.PutBack(job, TimeSpan.FromSeconds(5), "throttled");

        var early = _lane.Look(10);
        Assert.Empty(early.Ready);
        Assert.Equal(TimeSpan.FromSeconds(5), early.NextReadyIn);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([job], _lane.Look(10).Ready);
    }

    [Fact]
    public void Look_ManyJobsOfOneKindInFront_HideNoOther()
    {
        var api = new ApiOptions { Limits = { new() { Name = "all", AppliesTo = "**" }, new() { Name = "parts", AppliesTo = "survey/*/part" } } };
        var lane = new Lane("ODG_SURVEYS", api, capacity: 100, _clock);
        HeldJob Held(string tenant, string operation, string resource = "survey")
        {
            var job = new HeldJob(
                new QueuedMessage("m", "r", "{}", 1, null, null), NewJob().Job with { Tenant = tenant, Operation = operation, Resource = resource });
            lane.TryHold(job);
            return job;
        }

        HeldJob[] bulk = [.. Enumerable.Range(0, 50).Select(_ => Held("bulk", JobOperation.NewAttachments))];
        var operation = Held("bulk", JobOperation.NewSurveys);
        HeldJob[] tenant = [Held("gold", JobOperation.NewAttachments), Held("gold", JobOperation.NewAttachments)];
        var limit = Held("bulk", JobOperation.NewAttachments, "survey/1/part");

        Assert.Equal([bulk[0], operation, tenant[0], limit, bulk[1], tenant[1], bulk[2]], lane.Look(7).Ready);
    }

    [Fact]
    public void PutBack_OfAJobLetGoMeanwhile_DoesNotBringItBack()
    {
        var job = Hold();
        _lane.TryTakeOff(job);
        _lane.LetGo(job);

        _lane.PutBack(job, TimeSpan.Zero, "throttled");

        Assert.Equal(0, _lane.Counts.InHand);
    }

    [Fact]
    public void CloseForBreaker_TakesNoneUntilOpenedAgain()
    {
        _lane.CloseForBreaker(TimeSpan.FromSeconds(30), places: 0);

        Assert.Equal((0, TimeSpan.FromSeconds(30)), (_lane.Room, _lane.TurnAwayFor));
        Assert.Null(_lane.TryOpen());
        Assert.Equal(2, _lane.Room);
    }

    [Fact]
    public void CloseForQuota_CannotBeOpenedBeforeTheQuotaReturns()
    {
        _lane.CloseForQuota(TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(30), _lane.TryOpen());
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(_lane.TryOpen());
        Assert.Equal(2, _lane.Room);
    }

    [Fact]
    public async Task Signal_SetBeforeTheWait_EndsItAtOnceAndOnce()
    {
        var signal = new Signal(_clock);
        signal.Set();
        signal.Set();

        await signal.WaitAsync(TimeSpan.FromMinutes(1), other: null, default);
        var second = signal.WaitAsync(TimeSpan.FromMinutes(1), other: null, default);

        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await second.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Signal_SetByAnother_EndsTheWait()
    {
        var signal = new Signal(_clock);
        var waiting = signal.WaitAsync(TimeSpan.FromMinutes(1), other: null, default);

        signal.Set();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void TurnAwayPause_GrowsWhileNothingIsUseful()
    {
        var pause = new TurnAwayPause();

        double[] pauses = [.. new[] { false, false, false, false, false, false, false, true, false }.Select(isUseful => pause.After(isUseful).TotalSeconds)];

        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 0, 0.1], pauses);
    }

    private HeldJob Hold()
    {
        var job = NewJob();
        Assert.True(_lane.TryHold(job));
        return job;
    }

    private static HeldJob NewJob() => new(
        new QueuedMessage("m", "r", "{}", 1, null, null),
        new Job { JobId = "j", Operation = JobOperation.NewSurveys, ApiId = "ODG_SURVEYS", Resource = "survey" });
}
