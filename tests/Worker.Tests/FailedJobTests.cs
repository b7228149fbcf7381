using System.Diagnostics;
using System.IO.Compression;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Worker.Tests;

public sealed class FailedJobTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Job_Answered503_FailsTwiceAndIsGivenUpAtTheThird()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        worker.Api.Answer = StubApi.Json(503, "{}");
        var job = worker.Job();

        Assert.Equal(Failed(503, "503", attempts: 1, retryAfterMs: 1000), await worker.SendAsync(job));
        Assert.Equal(Failed(503, "503", attempts: 2, retryAfterMs: 2000), await worker.SendAsync(job));

        var third = await worker.SendAsync(job);
        Assert.Equal(
            (JobOutcomeKind.Rejected, DeadLetterReason.AttemptsExhausted, 503, 3),
            (third.Kind, third.Reason, third.StatusCode, third.Attempts));

        // Should its message come again all the same, the answer is the same and the API is left alone.
        var fourth = await worker.SendAsync(job);
        Assert.Equal(third with { IsCallSent = false }, fourth);
        Assert.Equal(3, worker.Api.Calls.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(302)]
    public async Task Job_RefusedForItsOwnFault_IsRejectedAtOnceAndTheBreakerUntouched(int status)
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server, ("Api:Breaker:FailureThreshold", "1"), ("Api:Breaker:FailureRatio", "0.01"));
        worker.Api.Answer = StubApi.Json(status, "{}", "Location: /elsewhere");

        var outcome = await worker.SendAsync(worker.Job());

        Assert.Equal(
            (JobOutcomeKind.Rejected, DeadLetterReason.Rejected, status, 1),
            (outcome.Kind, outcome.Reason, outcome.StatusCode, outcome.Attempts));
        Assert.Single(worker.Api.Calls); // a redirect is not followed
        Assert.Equal(CircuitState.Closed, (await worker.Breaker.ReadAsync(worker.ApiId, default)).State.Circuit);
    }

    [Fact]
    public async Task Job_OnceRefused_IsGivenUpWhateverTheApiWouldSayNow()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        worker.Api.Answer = StubApi.Json(404, "{}");
        var job = worker.Job();
        await worker.SendAsync(job);
        worker.Api.Answer = StubApi.Json(200, "{}");

        var again = await worker.SendAsync(job);

        Assert.Equal(
            (JobOutcomeKind.Rejected, DeadLetterReason.Rejected, 404, 1, false),
            (again.Kind, again.Reason, again.StatusCode, again.Attempts, again.IsCallSent));
        Assert.Null(await worker.LedgerFieldAsync(job, "result"));
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(503, 3)]
    public async Task Job_GivenUpAndReopened_IsTriedAsOftenAsEver(int status, int attempts)
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        worker.Api.Answer = StubApi.Json(status, "{}");
        var job = worker.Job();
        for (int attempt = 1; attempt <= attempts; attempt++)
            await worker.SendAsync(job);
        Assert.False((await worker.SendAsync(job)).IsCallSent);

        Assert.True(await worker.Ledger.ReopenAsync(job.JobId, "redrive", default));

        for (int attempt = 1; attempt <= attempts; attempt++)
        {
            var tried = await worker.SendAsync(job);
            Assert.Equal((attempt, attempt == attempts, true), (tried.Attempts, tried.Kind == JobOutcomeKind.Rejected, tried.IsCallSent));
        }
    }

    [Fact]
    public async Task Api_ThatSendsNoHeaders_IsGivenUpAfterItsTimeout() => await AssertTimesOutAsync(
        context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted), status: null, ApiAnswerWords.Timeout);

    [Fact]
    public async Task Api_ThatSendsItsBodyByteByByte_IsGivenUpAfterItsTimeout() => await AssertTimesOutAsync(
        async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(" ");
                await context.Response.Body.FlushAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        },
        status: 200, $"200, {ApiAnswerWords.Timeout}");

    [Fact]
    public async Task Api_ThatDropsTheConnection_Fails()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        worker.Api.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        Assert.Equal(Failed(null, ApiAnswerWords.Disconnected, 1, 1000), await worker.SendAsync(worker.Job()));
    }

    [Fact]
    public async Task Api_ThatDoesNotListen_Fails()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        await worker.Api.DisposeAsync();

        Assert.Equal(Failed(null, ApiAnswerWords.Disconnected, 1, 1000), await worker.SendAsync(worker.Job()));
    }

    [Fact]
    public async Task Api_ThatBreaksOffItsBody_Fails()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        worker.Api.Answer = async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"data":""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };

        var outcome = await worker.SendAsync(worker.Job());

        // Whether the reset overtakes the headers is up to the network.
        Assert.Equal(JobOutcomeKind.Failed, outcome.Kind);
        Assert.EndsWith(ApiAnswerWords.Disconnected, outcome.Reason, StringComparison.Ordinal);
    }

    public static TheoryData<string> UnreadableBodies => [" ", "not json", "{\"data\":", "<html></html>", "\0\0\0"];

    [Theory]
    [MemberData(nameof(UnreadableBodies))]
    public async Task Api_WithABodyThatIsNotJson_IsGivenUpAsBadAnswer(string body) =>
        await AssertBadAnswerAsync(StubApi.Json(200, body));

    [Fact]
    public async Task Api_WithAnEndlessBody_IsGivenUpAsBadAnswer() => await AssertBadAnswerAsync(async context =>
    {
        byte[] chunk = new byte[64 * 1024];
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
    });

    [Fact]
    public async Task Api_WithABombInGzip_IsGivenUpAsBadAnswer() => await AssertBadAnswerAsync(async context =>
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(new byte[64 * 1024 * 1024]);
        context.Response.Headers.ContentEncoding = "gzip";
        await context.Response.Body.WriteAsync(packed.ToArray());
    });

    [Fact]
    public async Task Api_WithBrokenGzip_IsGivenUpAsBadAnswer() => await AssertBadAnswerAsync(async context =>
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await context.Response.WriteAsync("this is not gzip");
    });

    [Theory]
    [InlineData("not json", DeadLetterReason.BadMessage)]
    [InlineData("""{"operation":"NOPE","api_id":"x","resource":"y"}""", DeadLetterReason.UnknownOperation)]
    [InlineData("""{"operation":"NEW_SURVEYS","api_id":"nobody","resource":"y"}""", DeadLetterReason.UnknownApi)]
    public async Task Message_ThatIsNoJob_IsRejectedWithItsReason(string body, string reason)
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);

        var outcome = await worker.SendAsync(body);

        Assert.Equal((JobOutcomeKind.Rejected, reason, false), (outcome.Kind, outcome.Reason, outcome.IsCallSent));
    }

    [Fact]
    public async Task ManyFailures_OpenTheBreakerOnceWithOneEvent()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        worker.Api.Answer = StubApi.Json(500, "{}");

        for (int i = 0; i < 8; i++)
            await worker.SendAsync(worker.Job());

        var opened = Assert.Single(worker.Events.All);
        Assert.Equal((ThrottleEventType.BreakerOpened, "5 of 5 calls failed, the last: 500"), (opened.Type, opened.Reason));
        Assert.Equal(CircuitState.Open, (await worker.Breaker.ReadAsync(worker.ApiId, default)).State.Circuit);
    }

    [Fact]
    public async Task PausedRedis_HandsTheJobBackWithoutACall()
    {
        await using var server = await RedisServer.StartAsync();
        await using var worker = await WorkerHost.StartAsync(server, ("JobLedger:Budget", "00:00:00.200"));
        await worker.SendAsync(worker.Job());
        server.Pause();
        try
        {
            var outcome = await worker.SendAsync(worker.Job());

            Assert.Equal((JobOutcomeKind.Busy, "ledger_unavailable", false), (outcome.Kind, outcome.Reason, outcome.IsCallSent));
        }
        finally
        {
            server.Resume();
        }
        Assert.Single(worker.Api.Calls);
    }

    [Fact]
    public async Task ApiKey_IsInNoLogLineEventOrOutcome()
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        List<string> seen = [];
        foreach (int status in new[] { 200, 401, 429, 503 })
        {
            worker.Api.Answer = StubApi.Json(status, """{"message":"key SECRET-API-KEY is wrong"}""");
            seen.Add((await worker.SendAsync(worker.Job())).ToString());
        }

        Assert.NotEmpty(worker.Logs.Lines);
        Assert.DoesNotContain(
            [.. seen, .. worker.Logs.Lines, .. worker.Events.All.Select(published => $"{published} {string.Join(',', published.Data)}")],
            text => text.Contains("SECRET-API-KEY", StringComparison.Ordinal));
    }

    private async Task AssertTimesOutAsync(RequestDelegate answer, int? status, string reason)
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server, ("Api:Timeout", "00:00:00.300"));
        worker.Api.Answer = answer;
        long startedAt = Stopwatch.GetTimestamp();

        Assert.Equal(Failed(status, reason, 1, 1000), await worker.SendAsync(worker.Job()));
        Assert.InRange(Stopwatch.GetElapsedTime(startedAt), TimeSpan.FromMilliseconds(290), TimeSpan.FromSeconds(30));
    }

    private async Task AssertBadAnswerAsync(RequestDelegate answer)
    {
        await using var worker = await WorkerHost.StartAsync(redis.Server);
        worker.Api.Answer = answer;
        var job = worker.Job();

        Assert.Equal(Failed(200, DeadLetterReason.BadAnswer, 1, 1000), await worker.SendAsync(job));
        Assert.Equal(Failed(200, DeadLetterReason.BadAnswer, 2, 2000), await worker.SendAsync(job));
        var third = await worker.SendAsync(job);

        Assert.Equal((JobOutcomeKind.Rejected, DeadLetterReason.BadAnswer, 3), (third.Kind, third.Reason, third.Attempts));
    }

    private static JobOutcome Failed(int? status, string reason, int attempts, long retryAfterMs) => new()
    {
        Kind = JobOutcomeKind.Failed,
        StatusCode = status,
        Reason = reason,
        Attempts = attempts,
        RetryAfterMs = retryAfterMs,
        IsCallSent = true,
    };

    // As they stand in dead letters and logs.
    private static class ApiAnswerWords
    {
        public const string Timeout = "timeout";
        public const string Disconnected = "connection failed";
    }
}
