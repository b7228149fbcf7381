namespace ApiPoc.Messaging.Tests;

/// <summary>Waits for what another process or thread is about to do.</summary>
internal static class Eventually
{
    /// <summary>Asks every 20 ms.</summary>
    /// <exception cref="TimeoutException">Not within 15 s, which is far above anything these tests wait for.</exception>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, string what)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!await condition())
        {
            if (budget.IsCancellationRequested)
                throw new TimeoutException($"Not within 15 s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }
}
