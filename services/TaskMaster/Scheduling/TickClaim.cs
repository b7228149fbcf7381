using StackExchange.Redis;

namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>Lets one of several task masters have a schedule's moment.</summary>
internal sealed class TickClaim(IServiceProvider services, ILogger<TickClaim> logger)
{
    // Longer than clocks differ and a paused process sleeps; shorter does not matter, for job ids follow from the moment.
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>True for the first to ask; also when Redis does not answer, because jobs that are sent twice are done once.</summary>
    public async Task<bool> TryTakeAsync(string schedule, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        try
        {
            // Resolved here, for connecting may fail or take its time.
            var database = services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
            string key = $"task-master:tick:{schedule}:{moment.ToUnixTimeSeconds()}";
            return await database.StringSetAsync(key, Environment.MachineName, Keep, When.NotExists).WaitAsync(Patience, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            SchedulingLog.ClaimUnavailable(logger, schedule, moment, exception.Message);
            return true;
        }
    }
}
