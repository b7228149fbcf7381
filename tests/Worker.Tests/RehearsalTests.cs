using System.Collections.Concurrent;
using ApiPoc.ServiceDefaults.Rehearsing;
using ApiPoc.Worker.Rehearsing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace ApiPoc.Worker.Tests;

/// <summary>A worker that goes through the steps of an attempt, on a Redis where it is alone.</summary>
public sealed class RehearsalTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://+:0")]
    [InlineData("http://*:0")]
    [InlineData("http://0.0.0.0:0")]
    public async Task Rehearsal_TakesItsStepsAndLeavesNothing(string urls)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis.Server.ConnectionString},allowAdmin=true");
        var server = connection.GetServer("127.0.0.1", redis.Server.Port);
        await server.ConfigResetStatisticsAsync();
        var requests = new ConcurrentQueue<(string Path, string Connection)>();

        await using var worker = await WorkerHost.StartAsync(redis.Server, builder =>
        {
            builder.WebHost.UseUrls(urls);
            builder.Services.AddSingleton<IStartupFilter>(new Recorder(requests));
            builder.Services.AddSingleton<AttemptRehearsal>();
        });
        await worker.RehearseAsync();

        Assert.Equal((IRehearsal.Rounds, IRehearsal.Rounds), (requests.Count(request => request.Path == "/jobs"), requests.Count(request => request.Path == "/alive")));
        Assert.InRange(requests.Select(request => request.Connection).Distinct().Count(), 1, 4); // not one for each round
        Assert.Empty(worker.Api.Calls);
        Assert.Equal(2 * IRehearsal.Rounds, await ScriptsRunAsync(server)); // a beginning and an end each
        Assert.Empty(server.Keys());
        Assert.Empty(worker.Events.All);
        Assert.DoesNotContain(worker.Logs.Lines, line => line.Contains("ended: Completed", StringComparison.Ordinal));
    }

    /// <summary>How often a script ran, by its text or by its hash.</summary>
    private static async Task<int> ScriptsRunAsync(IServer server)
    {
        var commands = (await server.InfoAsync("commandstats")).SelectMany(section => section);
        return commands.Where(command => command.Key is "cmdstat_eval" or "cmdstat_evalsha").Sum(command => int.Parse(command.Value.Split(['=', ','])[1]));
    }

    private sealed class Recorder(ConcurrentQueue<(string Path, string Connection)> requests) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, following) =>
            {
                requests.Enqueue((context.Request.Path, context.Connection.Id));
                await following();
            });
            next(app);
        };
    }
}
