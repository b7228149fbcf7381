using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Gateway.Firewall;

/// <summary>Configuration section <c>Firewall</c>: how processes add up what they count.</summary>
internal sealed class FirewallOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Firewall";

    /// <summary>How often counts are added up and rates judged, independently of the rules' windows; 50 ms to 30 s, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);
}
