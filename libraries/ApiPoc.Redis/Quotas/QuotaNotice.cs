using System.Globalization;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Redis.Quotas;

/// <summary>A change of an API's quota state, as told on the channel: a line for the API, and one for each tenant it is closed to alone.</summary>
/// <param name="ApiId">The API.</param>
/// <param name="Version">The new state's version; <see cref="Hold"/> and <see cref="Release"/> tell of none.</param>
/// <param name="ClosedUntil">Until when nothing may be sent, in the store's time (µs).</param>
internal sealed record QuotaNotice(string ApiId, long Version, long ClosedUntil)
{
    /// <summary>Whoever is about to call waits until then, or until it is released.</summary>
    public const long Hold = 0;

    /// <summary>Nobody need wait any more for what a 429 means.</summary>
    public const long Release = -1;

    /// <summary>Until when nothing of these tenants may be sent (µs). Their names hold no control characters.</summary>
    public IReadOnlyDictionary<string, long> Tenants { get; init; } = new Dictionary<string, long>();

    public static QuotaNotice Of(string apiId, QuotaState state) =>
        new(apiId, state.Version, state.ClosedUntil) { Tenants = state.ClosedTenants.ToDictionary(closed => closed.Key, closed => closed.Value.Until) };

    public static QuotaNotice? Parse(string message) =>
        message.Split('\n') is [var api, .. var tenants] && api.Split(' ', 3) is [var version, _, var apiId] && long.TryParse(version, out var number)
            && Until(api) is { } until && tenants.All(line => Until(line) is not null)
            ? new QuotaNotice(apiId, number, until) { Tenants = tenants.ToDictionary(line => line.Split(' ', 3)[2], line => Until(line)!.Value) }
            : null;

    public override string ToString() => string.Join('\n', [Line(ClosedUntil, ApiId), .. Tenants.Select(tenant => Line(tenant.Value, tenant.Key))]);

    private string Line(long until, string name) => string.Create(CultureInfo.InvariantCulture, $"{Version} {until} {name}");

    private static long? Until(string line) => line.Split(' ', 3) is [_, var closed, _] && long.TryParse(closed, out var until) ? until : null;
}
