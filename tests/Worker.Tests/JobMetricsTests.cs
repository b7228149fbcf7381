using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;
using ApiPoc.Worker.Jobs;

namespace ApiPoc.Worker.Tests;

public sealed class JobMetricsTests
{
    [Fact]
    public void EveryInstrument_IsMeasuredWithItsTags()
    {
        using var meters = new RecordedMeters();
        var metrics = new JobMetrics(meters);
        var job = new Job { JobId = "j", Operation = JobOperation.NewSurveys, ApiId = "ODG_SURVEYS", Resource = "survey" };

        metrics.JobStarted();
        metrics.CallEnded("ODG_SURVEYS", 429, TimeSpan.FromMilliseconds(250));
        metrics.CallEnded("ODG_SURVEYS", null, TimeSpan.FromSeconds(10));
        metrics.AttemptEnded(job, new JobOutcome { Kind = JobOutcomeKind.Throttled });
        metrics.JobEnded();

        string[] expected =
        [
            "apipoc.worker.in_flight 1 {job}",
            "apipoc.worker.call.duration 0.25 s api_id=ODG_SURVEYS http.response.status_code=429",
            "apipoc.worker.call.duration 10 s api_id=ODG_SURVEYS http.response.status_code=0",
            "apipoc.worker.attempts 1 {attempt} api_id=ODG_SURVEYS operation=NEW_SURVEYS outcome=Throttled",
            "apipoc.worker.in_flight -1 {job}",
        ];
        Assert.Equal(expected, meters.Measurements);
    }
}
