using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace ApiPoc.ServiceDefaults.Tests.Telemetry;

/// <summary>Keeps what would have been exported.</summary>
internal sealed class RecordingExporter : BaseExporter<Activity>
{
    public ConcurrentQueue<Activity> Spans { get; } = new();

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
            Spans.Enqueue(span);
        return ExportResult.Success;
    }
}
