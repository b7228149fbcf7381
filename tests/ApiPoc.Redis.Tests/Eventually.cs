namespace ApiPoc.Redis.Tests;

/// <summary>Waits for what happens on another thread or in Redis.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<bool> IsAsync(Func<Task<bool>> isTrue)
    {
        long startedAt = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            if (TimeProvider.System.GetElapsedTime(startedAt) > Patience)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
        return true;
    }
}
