using System.Globalization;
using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Usage;

namespace ApiPoc.Gateway.Control.UsagePlans;

/// <summary>GetUsage, UpdateUsage.</summary>
internal static class UsageOperations
{
    private const string DayFormat = "yyyy-MM-dd";
    private const int MaximumDays = 366;

    // What is patched is only the new remainder; the store knows the rest.
    private static readonly PatchTable<long?> Table = new(new PatchRow<long?>("/remaining", PatchOps.Replace, (_, patch) => Remaining(patch)));

    /// <summary>Shows what a plan's keys used and had left, a day an entry.</summary>
    public static async Task<IResult> GetAsync(
        string id, string? startDate, string? endDate, PageRequest page, RegistryReplica registry, UsageStore usage, CancellationToken cancellationToken, string? keyId = null)
    {
        UsagePlanOperations.Require(registry, id);
        var (first, last) = (Day(startDate, nameof(startDate)), Day(endDate, nameof(endDate)));
        if (last < first || last.DayNumber - first.DayNumber >= MaximumDays)
            throw new ControlException(ControlError.BadRequest($"endDate: {endDate}: from startDate on, at most {MaximumDays} days"));
        var members = registry.State.PlanKeys.Values.Where(member => member.PlanId == id && (keyId is null || member.KeyId == keyId));
        var keys = page.Of(members, member => member.KeyId);
        var days = await Task.WhenAll(keys.Item.Select(member => usage.ReadAsync(id, member.KeyId, first, last, cancellationToken)));
        var values = keys.Item.Zip(days).ToDictionary(key => key.First.KeyId, key => Shown(key.Second), StringComparer.Ordinal);
        return ControlAnswer.Ok(new UsageDocument(id, Text(first), Text(last), values, keys.Position));
    }

    /// <summary>Sets what a key has left of its quota in this period.</summary>
    public static async Task<IResult> UpdateAsync(
        string id, string keyId, JsonBody<PatchRequest> body, UsageStore usage, DefinitionSource definitions, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Table.Apply(null, body.Value) is { } remaining)
            await usage.SetRemainingAsync(id, keyId, remaining, cancellationToken);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(definitions.Current.Behaviour.QuotaUtcOffset).DateTime);
        var days = await usage.ReadAsync(id, keyId, today, today, cancellationToken);
        return ControlAnswer.Ok(new UsageDocument(id, Text(today), Text(today), new Dictionary<string, long[][]>(StringComparer.Ordinal) { [keyId] = Shown(days) }, Position: null));
    }

    private static long? Remaining(PatchOperation patch) => patch.Integer is >= 0 and var remaining ? remaining : throw patch.Refused("0 or more requests");

    private static long[][] Shown(IEnumerable<DailyUsage> days) => [.. days.Select(day => new[] { day.Used, day.Remaining })];

    private static DateOnly Day(string? text, string name) => DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : throw new ControlException(ControlError.BadRequest($"{name}: {text ?? "(missing)"}: a day as {DayFormat}"));

    private static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}

/// <summary>Usage as the API shows it.</summary>
/// <param name="UsagePlanId">The plan.</param>
/// <param name="StartDate">The first day.</param>
/// <param name="EndDate">The last day.</param>
/// <param name="Values">By key, and then by day: used and remaining. The SDKs call it <c>items</c>.</param>
/// <param name="Position">Asks for more keys; null at the end.</param>
internal sealed record UsageDocument(string UsagePlanId, string StartDate, string EndDate, IReadOnlyDictionary<string, long[][]> Values, string? Position);
