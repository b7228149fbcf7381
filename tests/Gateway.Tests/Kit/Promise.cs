namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>
/// Time as the process lives it, for what is promised within a second: a machine that is busy with other things delays the pauses
/// between two looks as it delays what is looked for.
/// </summary>
internal static class Promise
{
    // With the looks themselves, a second on a machine that is not busy.
    private const int PausesInASecond = 80;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Looks until <paramref name="condition"/> holds; it must within a second.</summary>
    public static async Task HoldsWithinASecondAsync(Func<Task<bool>> condition, string what)
    {
        for (int pauses = 0; !await condition(); pauses++)
        {
            Assert.True(pauses < PausesInASecond, $"not within a second: {what}");
            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
