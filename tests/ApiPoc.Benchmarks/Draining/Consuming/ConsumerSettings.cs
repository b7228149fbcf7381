using ApiPoc.Benchmarks.Draining.Judging;
using ApiPoc.Simulation;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Draining.Consuming;

/// <summary>All that the consumer is told: where things are, and what the scenario lets it know of the API.</summary>
internal sealed class ConsumerSettings(Scenario scenario, RefereeServer referee, RedisServer redis, SqsEmulator queues)
{
    /// <summary>The judged API, as jobs name it.</summary>
    public const string Measured = "MEASURED";

    /// <summary>An API whose calls do not count.</summary>
    public const string WarmUp = "WARM_UP";

    /// <summary>Attempts each worker makes at once.</summary>
    public const int PerWorker = 50;

    /// <summary>The environment of a worker or an orchestrator.</summary>
    /// <param name="name">The process's name, sent as API key so that the referee knows who calls.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="workers">Where workers listen.</param>
    public (string Key, string Value)[] For(string name, int port, IReadOnlyList<int> workers) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Development"),
        ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"),
        ("OTEL_SDK_DISABLED", "true"),
        ("Logging__LogLevel__Default", "Warning"),
        ("ConnectionStrings__redis", redis.ConnectionString),
        .. queues.Settings.Select(setting => (setting.Key, setting.Value!)),
        .. workers.Select((worker, index) => ($"services__worker__http__{index}", $"http://127.0.0.1:{worker}")),
        ("Worker__Concurrency", $"{PerWorker}"),
        ("Orchestrator__JobsInFlight", $"{PerWorker * scenario.Processes}"),
        ("Orchestrator__JobsInHand", $"{2 * PerWorker * scenario.Processes}"),
        .. WarmUpApi(),
        .. MeasuredApi(name),
    ];

    private IEnumerable<(string Key, string Value)> WarmUpApi() =>
    [
        ($"Apis__{WarmUp}__BaseAddress", referee.WarmUpUrl),
        ($"Apis__{WarmUp}__Limits__0__Count", "200"),
        ($"Apis__{WarmUp}__Limits__0__Period", "00:00:01"),
    ];

    private IEnumerable<(string Key, string Value)> MeasuredApi(string name)
    {
        const string api = $"Apis__{Measured}__";
        yield return ($"{api}BaseAddress", referee.ApiUrl);
        yield return ($"{api}ApiKey", name);
        yield return ($"{api}ApiKeyHeader", RefereeServer.CallerHeader);
        yield return ($"{api}OnThrottle", "ClosedUntil");
        foreach (var (tenant, weight) in scenario.Weights)
            yield return ($"{api}TenantWeights__{tenant}", $"{weight}");
        for (int index = 0; index < scenario.Declared.Count; index++)
        {
            var limit = scenario.Declared[index];
            yield return ($"{api}Limits__{index}__Name", limit.Name);
            yield return ($"{api}Limits__{index}__Count", $"{limit.Count}");
            yield return ($"{api}Limits__{index}__Period", $"{limit.Period:c}");
            yield return ($"{api}Limits__{index}__AppliesTo", limit.AppliesTo);
            yield return ($"{api}Limits__{index}__Shape", $"{limit.Shape}");
            if (limit.Tenant is { } tenant) yield return ($"{api}Limits__{index}__Tenant", tenant);
        }
    }
}
