using System.Net;
using ApiPoc.Domain.Quotas;
using ApiPoc.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiPoc.Benchmarks.Draining.Judging;

/// <summary>
/// The API that throttles, over real HTTP: the referee of the simulations judges every call at the moment it arrives. Below
/// <c>/api</c> calls are judged and recorded; below <c>/warm-up</c> all are accepted and none counts.
/// </summary>
internal sealed class RefereeServer : IAsyncDisposable
{
    /// <summary>Where the job's id is expected; a consumer that sends none is judged all the same.</summary>
    public const string JobHeader = "Idempotency-Key";

    /// <summary>Who calls.</summary>
    public const string CallerHeader = "x-api-key";

    private static readonly byte[] AcceptedBody = """{"data":[{"id":1}]}"""u8.ToArray();
    private static readonly byte[] RefusedBody = """{"message":"Too many requests"}"""u8.ToArray();
    private static readonly TimeSpan RefusalTakes = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly Scenario _scenario;
    private readonly Random _latencies;
    private readonly Referee _referee;
    private readonly RefereeClock _clock;
    private readonly WebApplication _app;

    private RefereeServer(Scenario scenario, int seed)
    {
        _scenario = scenario;
        _latencies = new Random(seed);
        _referee = scenario.Referee(new Random(seed));
        _clock = new RefereeClock(scenario.Start);
        Calls = new CallLog(scenario.Jobs);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Longer than any window: a connection that ends between two windows looks like a lost call.
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0);
            server.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(10);
        });
        _app = builder.Build();
        _app.Map("/api", judged => judged.Run(JudgeAsync));
        _app.Map("/warm-up", free => free.Run(context => AnswerAsync(context, isAccepted: true, QuotaHeaders.None)));
    }

    /// <summary>The judged API's base address.</summary>
    public string ApiUrl => _app.Urls.Single() + "/api/";

    /// <summary>The base address of calls that do not count.</summary>
    public string WarmUpUrl => _app.Urls.Single() + "/warm-up/";

    /// <summary>The judged calls.</summary>
    public CallLog Calls { get; }

    /// <summary>The earliest time (µs from the first call) in which the scenario's jobs could have been accepted.</summary>
    public double OptimalTime => _referee.OptimalTime(_scenario.Jobs, Calls.FirstAt ?? _scenario.Start);

    /// <summary>Starts one on a free loopback port.</summary>
    public static async Task<RefereeServer> StartAsync(Scenario scenario, int seed)
    {
        var server = new RefereeServer(scenario, seed);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Waits for the scenario's start: at most <see cref="RefereeClock.Step"/>, by the clock on the wall.</summary>
    public Task WaitForStartAsync() => Task.Delay(RefereeClock.UntilPhaseOf(_scenario.Start), TimeProvider.System);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task JudgeAsync(HttpContext context)
    {
        var (place, isAccepted, headers, takes) = Judge(context.Request);
        await Task.Delay(takes, TimeProvider.System, context.RequestAborted);
        await AnswerAsync(context, isAccepted, headers);
        lock (_gate) Calls.Answered(place, _clock.Read());
    }

    private (int Place, bool IsAccepted, QuotaHeaders Headers, TimeSpan Takes) Judge(HttpRequest request)
    {
        string resource = request.Path.Value!.TrimStart('/');
        lock (_gate)
        {
            long now = _clock.Read();
            bool isAccepted = _referee.TryAccept(resource, now);
            var headers = _referee.HeadersAt(isAccepted, now);
            int place = Calls.Arrived(request.Headers[JobHeader].ToString(), request.Headers[CallerHeader].ToString(), now, isAccepted);
            var accepted = TimeSpan.FromMicroseconds(_latencies.Next(_scenario.Latency.From, _scenario.Latency.To));
            return (place, isAccepted, headers, isAccepted ? accepted : RefusalTakes);
        }
    }

    private static async Task AnswerAsync(HttpContext context, bool isAccepted, QuotaHeaders headers)
    {
        byte[] body = isAccepted ? AcceptedBody : RefusedBody;
        context.Response.StatusCode = isAccepted ? StatusCodes.Status200OK : StatusCodes.Status429TooManyRequests;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        QuotaHeaderWriter.Write(context.Response.Headers, headers);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
