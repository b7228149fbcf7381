namespace Aspire.Hosting;

/// <summary>How the application is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line: <c>--key value</c> becomes configuration.</summary>
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly; the entry assembly unless said otherwise.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Whether to do without the dashboard, and so without an address for telemetry.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Whether dashboard and telemetry may use http.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Whether every line of every resource is repeated on the AppHost's console.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>The directory that relative project paths begin at.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>The application's name as the dashboard shows it.</summary>
    public string? DashboardApplicationName { get; set; }
}
