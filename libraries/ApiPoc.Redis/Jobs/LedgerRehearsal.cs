using ApiPoc.Domain.Jobs;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Jobs;

/// <summary>Gives a ledger nobody else knows, to go through what is asked of the real one; what it wrote is deleted in the end.</summary>
public sealed class LedgerRehearsal
{
    private readonly IConnectionMultiplexer _redis;
    private readonly IOptions<JobLedgerOptions> _options;
    private readonly TimeProvider _clock;

    internal LedgerRehearsal(IConnectionMultiplexer redis, IOptions<JobLedgerOptions> options, TimeProvider clock) =>
        (_redis, _options, _clock) = (redis, options, clock);

    /// <summary>Runs it.</summary>
    /// <param name="jobIds">The jobs it is about: of others nothing is deleted.</param>
    /// <param name="rehearse">What is done with the ledger.</param>
    public async Task RunAsync(IReadOnlyCollection<string> jobIds, Func<IJobLedger, Task> rehearse)
    {
        ArgumentNullException.ThrowIfNull(jobIds);
        ArgumentNullException.ThrowIfNull(rehearse);
        var keys = new JobKeys($"rehearsal-{Guid.NewGuid():N}");
        using var ledger = new RedisJobLedger(_redis, _options, _clock, keys);
        try
        {
            await rehearse(ledger);
        }
        finally
        {
            await _redis.GetDatabase().KeyDeleteAsync([keys.Counts, keys.Results, .. jobIds.Select(keys.Job)]).WaitAsync(_options.Value.Budget);
        }
    }
}
