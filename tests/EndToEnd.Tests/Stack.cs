namespace ApiPoc.EndToEnd;

/// <summary>The running stack that tests share, started as a user would.</summary>
public sealed class Stack : IAsyncLifetime
{
    private static readonly TimeSpan ReadyBudget = TimeSpan.FromMinutes(2);

    internal AppHostProcess AppHost { get; private set; } = null!;

    internal HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public async Task InitializeAsync()
    {
        AppHost = await AppHostProcess.StartAsync();
        await WaitUntilReadyAsync(Addresses.ExternalApi);
        await WaitUntilReadyAsync(Addresses.TaskMaster);
    }

    public async Task DisposeAsync()
    {
        await AppHost.DisposeAsync();
        Http.Dispose();
    }

    private async Task WaitUntilReadyAsync(Uri service)
    {
        using var budget = new CancellationTokenSource(ReadyBudget);
        while (!await IsReadyAsync(service, budget.Token))
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, budget.Token);
    }

    private async Task<bool> IsReadyAsync(Uri service, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(service, "/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <summary>Tests of one running stack, one after the other: its ports are fixed.</summary>
[CollectionDefinition(Name)]
public sealed class StackDefinition : ICollectionFixture<Stack>
{
    public const string Name = "stack";
}
