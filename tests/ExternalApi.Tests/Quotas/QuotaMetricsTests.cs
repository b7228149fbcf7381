namespace ApiPoc.ExternalApi.Tests.Quotas;

public sealed class QuotaMetricsTests(Emulator emulator) : EmulatorTest(emulator)
{
    [Fact]
    public async Task EachDecision_IsMeasuredByLevelAndWindow()
    {
        await Emulator.GetTimesAsync(5, Emulator.Attachment);
        int before = Emulator.Meters.Measurements.Count;

        await Emulator.GetAsync(Emulator.Attachment);

        Assert.Equal(
            [
                "apipoc.quota.refused 1 {request} level=survey:interview:attachment window=60s",
                "apipoc.quota.remaining 0 {request} level=survey:interview:attachment window=60s",
                "apipoc.quota.remaining 15 {request} level=survey window=60s",
                "apipoc.quota.remaining 5 {request} level=survey:interview window=60s",
                "apipoc.throttling.refused 1 {request} limit=survey:interview:attachment",
            ],
            Emulator.Meters.Measurements.Skip(before).Where(IsOurs).Order(StringComparer.Ordinal));
    }

    private static bool IsOurs(string line) =>
        line.StartsWith("apipoc.", StringComparison.Ordinal) && !line.Contains("duration", StringComparison.Ordinal);
}
