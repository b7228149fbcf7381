namespace Aspire.Hosting.Tests;

public sealed class ContainerTests
{
    /// <summary>The runtime is a program that prints what it is told to run.</summary>
    private static readonly (string, string) Echo = ("ASPIRE_CONTAINER_RUNTIME", "echo");

    [Fact]
    public async Task Container_RunsInTheForegroundOnLoopback()
    {
        await using var application = await TestApplication.StartAsync(
            builder => builder.AddContainer("store", "library/store", "7").WithEndpoint(targetPort: 6000, name: "tcp").WithEnvironment("SECRET", "hidden").WithArgs("--fast"),
            Echo);
        var ended = await application.WaitForAsync("store", snapshot => snapshot.ExitCode is not null);
        var port = new Uri(ended.Snapshot.Urls.Single().Url).Port;
        Assert.Contains(
            $"run --rm --init --name {ended.ResourceId} -p 127.0.0.1:{port}:6000 -e SECRET library/store:7 --fast",
            await Logs.OfAsync(application, "store"));
    }

    [Fact]
    public async Task Redis_HasAPasswordThatNobodySees()
    {
        await using var application = await TestApplication.StartAsync(
            builder =>
            {
                var redis = builder.AddRedis("redis", 26379);
                builder.AddExecutable("client", "sh", ".", "-c", "echo $REDIS_HOST $REDIS_PORT; test \"$ConnectionStrings__redis\" = localhost:26379,password=$REDIS_PASSWORD")
                    .WithReference(redis).WaitForCompletion(redis);
            },
            Echo);
        Assert.Equal(0, (await application.WaitForAsync("client", snapshot => snapshot.ExitCode is not null)).Snapshot.ExitCode);
        Assert.Contains("localhost 26379", await Logs.OfAsync(application, "client"));
        var instance = (await application.WaitForAsync("redis", snapshot => snapshot.ExitCode is not null)).ResourceId;
        Assert.Contains(
            $"run --rm --init --name {instance} -p 127.0.0.1:26379:6379 -e REDIS_PASSWORD --entrypoint /bin/sh docker.io/library/redis:8.6 -c exec redis-server --requirepass $REDIS_PASSWORD",
            await Logs.OfAsync(application, "redis"));
    }
}
