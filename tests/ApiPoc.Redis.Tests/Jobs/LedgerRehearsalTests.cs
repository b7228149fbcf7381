using ApiPoc.Domain.Jobs;
using ApiPoc.Redis.Jobs;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Tests.Jobs;

/// <summary>A ledger to rehearse with: it does what the real one does, and nothing is left of it.</summary>
public sealed class LedgerRehearsalTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly JobResult Result = new(JobOperation.NewSurveys, "rehearsal", "survey/1", 200, "{}");

    [Fact]
    public async Task Rehearsal_RecordsAndLeavesNothing()
    {
        await Rehearsal().RunAsync(["one"], async ledger =>
        {
            var attempt = await ledger.BeginAsync("one", 3, TimeSpan.FromMinutes(1), TimeSpan.Zero, default);
            Assert.Equal(AttemptStartKind.Started, attempt.Kind);
            Assert.Equal(Completion.Recorded, await ledger.CompleteAsync("one", attempt.Fence, Result, TimeSpan.Zero, default));
            Assert.Equal(1, (await ledger.CountAsync(default)).Recorded);
        });

        Assert.Empty(KeysOfRehearsals());
        Assert.Equal(0, (await Shared().CountAsync(default)).Recorded);
    }

    [Fact]
    public async Task Rehearsal_ThatFails_LeavesNothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Rehearsal().RunAsync(["one"], async ledger =>
        {
            await ledger.BeginAsync("one", 3, TimeSpan.FromMinutes(1), TimeSpan.Zero, default);
            throw new InvalidOperationException();
        }));

        Assert.Empty(KeysOfRehearsals());
    }

    private LedgerRehearsal Rehearsal() => new(redis.Connection, Options.Create(new JobLedgerOptions()), TimeProvider.System);

    private RedisJobLedger Shared() => new(redis.Connection, Options.Create(new JobLedgerOptions()), TimeProvider.System, JobKeys.Shared);

    private IEnumerable<string> KeysOfRehearsals() =>
        redis.Connection.GetServer(redis.Connection.GetEndPoints().Single()).Keys(pattern: "*rehearsal*").Select(key => key.ToString());
}
