using ApiPoc.ServiceDefaults.Tests.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.ServiceDefaults.Tests;

public sealed class ServiceRunTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_WrongOptionsOfTwoSections_PrintsOneListAndReturnsOneBeforeAnythingStarts()
    {
        var builder = LoopbackService.CreateBuilder(("Sample:Count", "0"), ("Sample:ApiKey", ""), ("Other:Name", "1"));
        builder.AddCheckedOptions<SampleOptions>("Sample");
        builder.AddCheckedOptions<SamplePart>("Other");
        var started = new StartRecorder();
        builder.Services.AddSingleton<IHostedService>(started);

        var (exitCode, errors) = await RunAsync(builder.Build());

        Assert.Equal(1, exitCode);
        Assert.Equal(
            """
            Cannot start:
              Sample:Count: 0: out of range: 1 to 5
              Sample:ApiKey: (secret): required
              Other:Name: '1': wrong form: must match [a-z]+

            """,
            errors);
        Assert.False(started.HasStarted);
    }

    [Fact]
    public async Task Run_AddressInUse_NamesItInOneLineAndReturnsOne()
    {
        await using var first = LoopbackService.CreateBuilder().Build();
        using var client = await first.StartAndConnectAsync();
        string address = client.BaseAddress!.GetLeftPart(UriPartial.Authority);

        var builder = LoopbackService.CreateBuilder();
        builder.WebHost.UseUrls(address);
        var (exitCode, errors) = await RunAsync(builder.Build());

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"""
            Cannot start:
              Failed to bind to address {address}: address already in use. Stop the program that uses it, or set ASPNETCORE_URLS.

            """,
            errors);
    }

    [Fact]
    public async Task Run_Stopped_ReturnsZero()
    {
        var app = LoopbackService.CreateBuilder().Build();
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);
        Assert.Equal((0, ""), await RunAsync(app));
    }

    [Fact]
    public async Task Run_BackgroundServiceFails_ReturnsOne()
    {
        var builder = LoopbackService.CreateBuilder();
        builder.Services.AddHostedService<FailingService>();
        Assert.Equal((1, ""), await RunAsync(builder.Build()));
    }

    [Fact]
    public async Task Run_UnknownFailureToStart_ReturnsOne()
    {
        var builder = LoopbackService.CreateBuilder();
        builder.Services.AddSingleton<IHostedService>(new StartRecorder { Failure = new InvalidOperationException("unexpected") });
        Assert.Equal((1, ""), await RunAsync(builder.Build()));
    }

    /// <summary>Standard error belongs to the process: tests of this class run one after the other.</summary>
    private static async Task<(int ExitCode, string Errors)> RunAsync(WebApplication app)
    {
        var before = Console.Error;
        await using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            return (await app.RunServiceAsync().WaitAsync(Budget), errors.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    private sealed class StartRecorder : IHostedService
    {
        public Exception? Failure { get; init; }

        public bool HasStarted { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            HasStarted = true;
            return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class FailingService : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("planted");
        }
    }
}
