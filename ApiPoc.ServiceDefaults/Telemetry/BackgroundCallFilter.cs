using System.Diagnostics;
using OpenTelemetry;

namespace ApiPoc.ServiceDefaults.Telemetry;

/// <summary>
/// Leaves out HTTP client calls that belong to no work, such as a queue's long polls: one span every few seconds, each the root of
/// a trace of its own, would bury the traces of jobs.
/// </summary>
internal sealed class BackgroundCallFilter : BaseProcessor<Activity>
{
    // At its end and not at its start: a service it calls is to trace its own side all the same.
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == "System.Net.Http" && data.ParentSpanId == default)
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
