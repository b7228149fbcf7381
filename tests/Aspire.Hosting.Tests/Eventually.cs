namespace Aspire.Hosting.Tests;

/// <summary>Waits for what cannot be subscribed to.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, TimeSpan limit, Func<string> otherwise)
    {
        using var patience = new CancellationTokenSource(limit);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
