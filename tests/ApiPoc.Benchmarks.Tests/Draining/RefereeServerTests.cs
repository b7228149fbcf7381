using System.Net;
using ApiPoc.Benchmarks.Draining.Judging;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using ApiPoc.Simulation;

namespace ApiPoc.Benchmarks.Tests.Draining;

/// <summary>The referee over real HTTP admits exactly what its rule admits, and says in its headers what it means.</summary>
public sealed class RefereeServerTests
{
    private const int Size = 5;
    private const int Calls = 12;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Judge_MoreCallsAtOnceThanTheWindowHolds_AcceptsExactlyThatMany()
    {
        await using var referee = await RefereeServer.StartAsync(Scenario(RefereeHeaders.None), seed: 1);
        using var http = new HttpClient { BaseAddress = new Uri(referee.ApiUrl) };

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(job => CallAsync(http, $"drain-{job}")));
        await referee.Calls.Drained.WaitAsync(Patience);

        var calls = referee.Calls.Snapshot();
        Assert.Equal(Size, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(Calls - Size, answers.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(Calls, calls.Select(call => call.Job).Distinct(StringComparer.Ordinal).Count());
        Assert.All(calls, call => Assert.Equal((1, "me"), (call.Attempt, call.Caller)));
        Assert.InRange(calls[0].At - Scenario(RefereeHeaders.None).Start, -RefereeClock.Step.TotalMicroseconds / 2, RefereeClock.Step.TotalMicroseconds / 2);
    }

    [Fact]
    public async Task WarmUp_AnyNumberOfCalls_CostsNothing()
    {
        await using var referee = await RefereeServer.StartAsync(Scenario(RefereeHeaders.None), seed: 1);
        using var http = new HttpClient { BaseAddress = new Uri(referee.WarmUpUrl) };

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => CallAsync(http, "warm-up")));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Empty(referee.Calls.Snapshot());
    }

    [Theory]
    [InlineData(RefereeHeaders.None)]
    [InlineData(RefereeHeaders.RetryAfter)]
    [InlineData(RefereeHeaders.RateLimit)]
    [InlineData(RefereeHeaders.Policy)]
    public async Task Headers_OfEveryMode_AreReadByTheConsumerAsTheyWereMeant(RefereeHeaders mode)
    {
        await using var referee = await RefereeServer.StartAsync(Scenario(mode), seed: 1);
        using var http = new HttpClient { BaseAddress = new Uri(referee.ApiUrl) };
        using var accepted = await http.GetAsync("items");
        for (int call = 1; call < Size; call++)
            await CallAsync(http, $"drain-{call}");
        using var refused = await http.GetAsync("items");

        Assert.Equal(Meant(mode, Size - 1, isAccepted: true), Read(accepted));
        Assert.Equal(Meant(mode, 0, isAccepted: false), Read(refused));
    }

    // Times are whole seconds, rounded up: all of these fall into the window's first.
    private static (long? Limit, long? Remaining, TimeSpan? Reset, TimeSpan? RetryAfter, int Policies) Meant(RefereeHeaders mode, long remaining, bool isAccepted) => mode switch
    {
        RefereeHeaders.None => default,
        RefereeHeaders.RetryAfter => (null, null, null, isAccepted ? null : Window, 0),
        RefereeHeaders.RateLimit => (Size, remaining, Window, isAccepted ? null : Window, 0),
        _ => (Size, remaining, Window, isAccepted ? null : Window, 1),
    };

    private static (long?, long?, TimeSpan?, TimeSpan?, int) Read(HttpResponseMessage answer)
    {
        var headers = QuotaHeaderReader.Read(answer.Headers, QuotaHeaderTrust.All, TimeProvider.System.GetUtcNow());
        return (headers.Limit, headers.Remaining, Up(headers.ResetAfter), Up(headers.RetryAfter), headers.Policies.Count);
    }

    // A slow machine may take some seconds between the first call and the last.
    private static TimeSpan? Up(TimeSpan? time) => time is { } near && near > Window - Patience ? Window : time;

    private static async Task<HttpStatusCode> CallAsync(HttpClient http, string job)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "items");
        request.Headers.Add(RefereeServer.JobHeader, job);
        request.Headers.Add(RefereeServer.CallerHeader, "me");
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private static Scenario Scenario(RefereeHeaders headers) => new()
    {
        Name = "test",
        Referee = _ => new WindowReferee(SizeOverTime.Constant(Size), (long)Window.TotalMicroseconds, isByClock: false, headers),
        Jobs = Size,
        Latency = (1_000, 2_000),
    };
}
