using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ApiPoc.Domain.Jobs;
using ApiPoc.Messaging.Events;
using ApiPoc.Messaging.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Messaging.Tests;

/// <summary>A process's messaging as services register it, against a given endpoint; with what it traced and counted.</summary>
internal sealed class MessagingHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ActivityListener _activities;
    private readonly MeterListener _measurements = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    private MessagingHost(IHost host)
    {
        _host = host;
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "ApiPoc.Messaging",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_activities);

        // By meter factory: other tests' hosts have meters of the same name.
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        _measurements.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == factory)
                listener.EnableMeasurementEvents(instrument);
        };
        _measurements.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _counts.AddOrUpdate($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}".TrimEnd(), value, (_, sum) => sum + value));
        _measurements.Start();
    }

    public IJobQueue Jobs => _host.Services.GetRequiredService<IJobQueue>();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Counters by <c>instrument tag-values</c>.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Finished spans of messages in this trace, in the order they ended.</summary>
    public IReadOnlyList<Activity> SpansOf(ActivityTraceId trace) => [.. _spans.Where(span => span.TraceId == trace)];

    /// <summary>Finished spans of this name.</summary>
    public IReadOnlyList<Activity> SpansNamed(string name) => [.. _spans.Where(span => span.DisplayName == name)];

    /// <summary>Builds it; <paramref name="settings"/> are of section <c>Messaging</c>.</summary>
    public static MessagingHost Create(IReadOnlyDictionary<string, string?> aws, params (string Name, string Value)[] settings) =>
        Create(aws, TimeProvider.System, settings);

    /// <inheritdoc cref="Create(IReadOnlyDictionary{string, string?}, ValueTuple{string, string}[])"/>
    public static MessagingHost Create(IReadOnlyDictionary<string, string?> aws, TimeProvider clock, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(aws);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => $"Messaging:{setting.Name}", setting => (string?)setting.Value));
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(clock);
        builder.AddJobQueue();
        builder.AddThrottleEvents();
        builder.AddThrottleEventReceiver();
        return new MessagingHost(builder.Build());
    }

    public Task StartAsync() => _host.StartAsync();

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _activities.Dispose();
        _measurements.Dispose();
        await _host.StopAsync();
        _host.Dispose();
    }
}
