namespace ApiPoc.ServiceDefaults.Tests.Telemetry;

/// <summary>Spans and instruments of the whole process are listened to, so these tests run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWideTelemetry
{
    public const string Name = "process-wide telemetry";
}
