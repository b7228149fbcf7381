namespace Aspire.Hosting;

/// <summary>Words in environment variables and arguments that each process gets its own value for.</summary>
internal static class ProcessTokens
{
    public const string InstanceId = "{{instance-id}}";

    public static string TargetPort(string endpointName) => $"{{{{target-port {endpointName}}}}}";
}
