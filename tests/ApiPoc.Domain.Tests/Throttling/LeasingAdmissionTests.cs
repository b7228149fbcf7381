using ApiPoc.Domain.Throttling;
using ApiPoc.Testing;

namespace ApiPoc.Domain.Tests.Throttling;

public sealed class LeasingAdmissionTests : IAsyncDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMilliseconds(50);
    private readonly ManualTimeProvider _clock = new();
    private readonly CountingStore _store;
    private readonly LeasingAdmission _leasing;

    public LeasingAdmissionTests()
    {
        _store = new CountingStore(new InMemoryAdmission(_clock));
        _leasing = new LeasingAdmission(_store, _store, _clock, new LeaseOptions { Life = Life });
    }

    public ValueTask DisposeAsync() => _leasing.DisposeAsync();

    [Fact]
    public async Task AdmitAsync_FarFromTheLimit_AsksSeldom_AndNothingIsLostInTheEnd()
    {
        Limit[] limits = [new WindowLimit("far", "far", 1_000_000, TimeSpan.FromHours(1))];
        for (int i = 0; i < 1_000; i++)
            Assert.True((await _leasing.AdmitAsync(limits)).IsAdmitted);
        Assert.InRange(_store.Trips, 1, 30);

        // A lease asked for ahead may arrive after any moment of the clock, and ends one life later.
        await Eventually.IsTrueAsync(
            async () =>
            {
                _clock.Advance(Life);
                return (await _store.AdmitAsync(limits, 0)).Limits[0].Remaining == 1_000_000 - 1_000;
            },
            "what was not used is given back, and no more");
    }

    [Fact]
    public async Task DisposeAsync_WhileTheStoreIsAsked_GivesBackWhatItsAnswerBrings()
    {
        Limit[] limits = [new WindowLimit("flying", "flying", 1_000_000, TimeSpan.FromHours(1))];
        int admitted = 0;
        for (; admitted < 10; admitted++)
            await _leasing.AdmitAsync(limits);
        using var held = _store.Hold();
        Task<AdmissionDecision> last;
        do
        {
            last = _leasing.AdmitAsync(limits).AsTask();
            admitted++;
        }
        while (last.IsCompleted);
        var disposal = _leasing.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);

        held.Release();
        await last;
        await disposal;
        Assert.Equal(1_000_000 - admitted, (await _store.AdmitAsync(limits, 0)).Limits[0].Remaining);
    }

    [Fact]
    public async Task AdmitAsync_Slow_AsksForEachRequestAloneAndGivesNothingBack()
    {
        Limit[] limits = [new WindowLimit("slow", "slow", 1_000_000, TimeSpan.FromHours(1))];
        for (int i = 0; i < 10; i++)
        {
            await _leasing.AdmitAsync(limits);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal((10, 0), (_store.Trips, _store.Returns));
    }

    [Fact]
    public async Task AdmitAsync_NearTheLimit_GivesTheLastUnitOnce()
    {
        Limit[] limits = [new WindowLimit("near", "near", 100, TimeSpan.FromHours(1))];
        int admitted = 0;
        for (int i = 0; i < 150; i++)
            admitted += (await _leasing.AdmitAsync(limits)).IsAdmitted ? 1 : 0;
        Assert.Equal(100, admitted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AdmitAsync_ManyProcessesAtOnce_TogetherAdmitExactlyTheLimit(int seed)
    {
        WindowLimit limit = new("many", "many", 5_000, TimeSpan.FromHours(1));
        var processes = Enumerable.Range(0, 4).Select(_ => new LeasingAdmission(_store, _store, _clock, new LeaseOptions { Life = Life })).ToArray();
        int admitted = 0;
        // Each process has its own list, as it would have in its own memory.
        var lists = Array.ConvertAll(processes, _ => new Limit[] { limit });
        await Task.WhenAll(processes.SelectMany((process, number) => Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            var random = new Random((seed * 100) + (number * 10) + caller);
            for (int i = 0; i < 400; i++)
            {
                if ((await process.AdmitAsync(lists[number])).IsAdmitted)
                    Interlocked.Increment(ref admitted);
                if (random.Next(10) == 0)
                    await Task.Yield();
            }
        }))));
        foreach (var process in processes)
            await process.DisposeAsync();

        // What was held at the end has been given back, so what was not admitted is still there: the sum is exact.
        Assert.Equal(5_000, admitted + (await _store.AdmitAsync([limit], 0)).Limits[0].Remaining);
    }

    [Fact]
    public async Task ReturnAsync_LateToABucket_GivesBackOnlyWhatHasNotDrainedSince()
    {
        Limit[] limits = [new TokenBucketLimit("late", "late", Rate: 1_000, Burst: 100)];
        var held = await _store.AdmitAsync(limits, 100);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True((await _store.AdmitAsync(limits, 50)).IsAdmitted);
        await _store.ReturnAsync(held, 100);

        // Never charged, the bucket would have been full all the while, and now lack the 50 it has just admitted.
        Assert.Equal(50, (await _store.AdmitAsync(limits, 0)).Limits[0].Remaining);
    }

    [Fact]
    public async Task AdmitAsync_Refused_IsBelievedUntilItsRetryAfterAndNoLonger()
    {
        Limit[] limits = [new TokenBucketLimit("refused", "refused", 100, 1)];
        Assert.True((await _leasing.AdmitAsync(limits)).IsAdmitted);
        Assert.False((await _leasing.AdmitAsync(limits)).IsAdmitted);
        int trips = _store.Trips;
        for (int i = 0; i < 100; i++)
            Assert.False((await _leasing.AdmitAsync(limits)).IsAdmitted);
        Assert.Equal(trips, _store.Trips);

        _clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.True((await _leasing.AdmitAsync(limits)).IsAdmitted);
    }

    [Fact]
    public async Task AdmitAsync_AtOnce_IsOneTripForAllThatWait()
    {
        Limit[] limits = [new WindowLimit("batch", "batch", 50, TimeSpan.FromHours(1))];
        using var held = _store.Hold();
        var calls = Enumerable.Range(0, 101).Select(_ => _leasing.AdmitAsync(limits).AsTask()).ToArray();
        held.Release();
        var decisions = await Task.WhenAll(calls);
        Assert.Equal(50, decisions.Count(decision => decision.IsAdmitted));
        Assert.InRange(_store.Trips, 1, 8);
    }

    [Fact]
    public async Task AdmitAsync_StoreGone_TellsEverybodyWhoWaits_AndAsksAgainNextTime()
    {
        Limit[] limits = [new WindowLimit("gone", "gone", 50, TimeSpan.FromHours(1))];
        _store.IsGone = true;
        var calls = Enumerable.Range(0, 5).Select(_ => _leasing.AdmitAsync(limits).AsTask()).ToArray();
        foreach (var call in calls)
            await Assert.ThrowsAsync<AdmissionUnavailableException>(() => call);
        _store.IsGone = false;
        Assert.True((await _leasing.AdmitAsync(limits)).IsAdmitted);
    }

    private sealed class CountingStore(InMemoryAdmission inner) : IAdmission, IAdmissionReturns
    {
        private int _trips;
        private int _returns;
        private TaskCompletionSource? _held;

        public int Trips => Volatile.Read(ref _trips);

        public int Returns => Volatile.Read(ref _returns);

        public bool IsGone { get; set; }

        public async ValueTask<AdmissionDecision> AdmitAsync(IReadOnlyList<Limit> limits, int cost = 1, CancellationToken cancellationToken = default)
        {
            if (IsGone)
                throw new AdmissionUnavailableException("gone");
            if (cost > 0)
                Interlocked.Increment(ref _trips);
            if (_held is { } held)
                await held.Task;
            return await inner.AdmitAsync(limits, cost, cancellationToken);
        }

        public ValueTask ReturnAsync(AdmissionDecision charged, int cost, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _returns);
            return inner.ReturnAsync(charged, cost, cancellationToken);
        }

        public HeldTrips Hold() => new(_held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private sealed class HeldTrips(TaskCompletionSource held) : IDisposable
    {
        public void Release() => held.TrySetResult();

        public void Dispose() => Release();
    }
}
