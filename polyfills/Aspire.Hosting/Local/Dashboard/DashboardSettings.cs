using System.Security.Cryptography;
using Aspire.Hosting.Local.Proxies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Local.Dashboard;

/// <summary>
/// Addresses and keys of the dashboard. Addresses come from the AppHost's launch profile and are free ports otherwise; keys are
/// random for each run unless configured, and reach other processes in their environment only.
/// </summary>
internal sealed class DashboardSettings
{
    private const string OtlpUrlKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";

    public DashboardSettings(ConfigurationManager configuration, string applicationName)
    {
        ApplicationName = applicationName;
        FrontEndUrls = configuration["ASPNETCORE_URLS"] ?? FreeUrl();
        OtlpUrl = configuration[OtlpUrlKey] ?? FreeUrl();
        BrowserToken = configuration["AppHost:BrowserToken"] ?? configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] ?? Token();
        OtlpApiKey = configuration["AppHost:OtlpApiKey"] ?? Token();
        TelemetryApiKey = configuration["AppHost:DashboardApiKey"] ?? Token();
        Passed = [.. configuration.AsEnumerable().Where(pair => pair.Key.StartsWith("ASPIRE_DASHBOARD_", StringComparison.OrdinalIgnoreCase))];
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [OtlpUrlKey] = OtlpUrl,
            ["AppHost:BrowserToken"] = BrowserToken,
            ["AppHost:OtlpApiKey"] = OtlpApiKey,
            ["AppHost:DashboardApiKey"] = TelemetryApiKey,
        });
    }

    /// <summary>What the dashboard calls itself.</summary>
    public string ApplicationName { get; }

    /// <summary>One or more addresses, separated by semicolons.</summary>
    public string FrontEndUrls { get; }

    public string OtlpUrl { get; }

    public string BrowserToken { get; }

    public string OtlpApiKey { get; }

    /// <summary>The key of the API through which telemetry is read back.</summary>
    public string TelemetryApiKey { get; }

    /// <summary>Configuration that is the dashboard's own.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Passed { get; }

    public string FrontEndUrl => FrontEndUrls.Split(';', StringSplitOptions.RemoveEmptyEntries)[0].TrimEnd('/');

    public string LoginUrl => $"{FrontEndUrl}/login?t={BrowserToken}";

    /// <summary>What connects a dashboard process to these settings.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment()
    {
        foreach (var (name, value) in Passed)
            yield return new(name, value ?? string.Empty);
        yield return new("ASPNETCORE_ENVIRONMENT", Environments.Production);
        yield return new("ASPNETCORE_URLS", FrontEndUrls);
        yield return new(OtlpUrlKey, OtlpUrl);
        yield return new("DASHBOARD__APPLICATIONNAME", ApplicationName);
        yield return new("DASHBOARD__FRONTEND__AUTHMODE", "BrowserToken");
        yield return new("DASHBOARD__FRONTEND__BROWSERTOKEN", BrowserToken);
        yield return new("DASHBOARD__OTLP__AUTHMODE", "ApiKey");
        yield return new("DASHBOARD__OTLP__PRIMARYAPIKEY", OtlpApiKey);
        yield return new("DASHBOARD__API__AUTHMODE", "ApiKey");
        yield return new("DASHBOARD__API__PRIMARYAPIKEY", TelemetryApiKey);
        yield return new("ASPIRE_DASHBOARD_API_ENABLED", "true");
        // It says at every start that the keys of its cookies are not encrypted, which nothing can be done about.
        yield return new("LOGGING__LOGLEVEL__Microsoft.AspNetCore.DataProtection", "Error");
    }

    private static string Token() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string FreeUrl()
    {
        using var reservation = PortReservation.TakeAny();
        return $"http://localhost:{reservation.Port}";
    }
}
