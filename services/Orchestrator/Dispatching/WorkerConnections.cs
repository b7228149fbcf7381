namespace ApiPoc.Orchestrator.Dispatching;

/// <summary>
/// Where workers are, by service discovery's configuration: <c>services:worker:http:0</c>, <c>:1</c>, … (or <c>https</c>), as the app model
/// writes it, and the client to reach them with.
/// </summary>
internal sealed class WorkerConnections : IDisposable
{
    private const string HttpSection = "services:worker:http";
    private const string HttpsSection = "services:worker:https";

    /// <summary>A worker writes its steps of many jobs in few trips to Redis, so it is given some in a row; as many as it has places by default.</summary>
    private const int JobsPerTurn = 20;

    /// <summary>No step waits longer to be written with others: what comes after such a pause gains nothing from the worker before it.</summary>
    private static readonly TimeSpan PauseEndsTurn = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _clock;
    private readonly Uri[] _addresses;
    private readonly Lock _lock = new();
    private uint _turn;
    private int _handedOut;
    private long _handedOutAt;

    public WorkerConnections(IConfiguration configuration, TimeProvider clock)
    {
        _clock = clock;
        string?[] configured = [.. configuration.GetSection(HttpSection).GetChildren().Concat(configuration.GetSection(HttpsSection).GetChildren()).Select(entry => entry.Value)];
        _addresses = [.. configured.Where(address => !string.IsNullOrEmpty(address)).Select(address => new Uri(address!))];
    }

    /// <summary>The client for every worker; each call has its own time limit.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1), // replicas behind one address are found anew
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Faults of the configuration, as <c>key: value: why</c>.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration)
    {
        IConfigurationSection[] entries = [.. configuration.GetSection(HttpSection).GetChildren(), .. configuration.GetSection(HttpsSection).GetChildren()];
        if (entries.All(entry => string.IsNullOrEmpty(entry.Value)))
            yield return $"{HttpSection}:0: missing: the address of a worker";
        foreach (var entry in entries.Where(entry => !IsAddress(entry.Value)))
            yield return $"{entry.Path}: {entry.Value}: must be an absolute http or https address";
    }

    /// <summary>Every address once, beginning with the one whose turn it is.</summary>
    public IEnumerable<Uri> InTurn()
    {
        uint first = Turn();
        for (uint i = 0; i < _addresses.Length; i++)
            yield return _addresses[(first + i) % (uint)_addresses.Length];
    }

    public void Dispose() => Http.Dispose();

    private uint Turn()
    {
        lock (_lock)
        {
            if (_handedOut == JobsPerTurn || (_handedOut > 0 && _clock.GetElapsedTime(_handedOutAt) > PauseEndsTurn))
                (_turn, _handedOut) = (_turn + 1, 0);
            _handedOut++;
            _handedOutAt = _clock.GetTimestamp();
            return _turn;
        }
    }

    private static bool IsAddress(string? text) =>
        string.IsNullOrEmpty(text) || (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https");
}
