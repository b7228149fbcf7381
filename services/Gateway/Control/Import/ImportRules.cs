using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Control.Import;

/// <summary>What the registry has to say about a file: which keys are new, and which plans they can join.</summary>
internal static class ImportRules
{
    /// <summary>Checks every row of <paramref name="file"/>.</summary>
    /// <returns>The rows that can be imported, each with the key it overwrites.</returns>
    public static List<(KeyRow Row, ApiKey? Existing)> Check(KeyFile file, RegistryState state, ImportReport report)
    {
        var plansByKey = state.PlanKeys.Values.ToLookup(member => member.KeyId, member => member.PlanId, StringComparer.Ordinal);
        var accepted = new List<(KeyRow Row, ApiKey? Existing)>(file.Rows.Count);
        foreach (var row in file.Rows)
        {
            var existing = state.KeysByDigest.GetValueOrDefault(KeyDigest.Of(row.Value));
            if (existing is not null)
                report.Add(row.Line, file.ColumnOf(KeyFileColumns.Key), $"{KeyPrefix.Of(row.Value)} is registered as {existing.Id}, which this row overwrites");
            string[] planIds = [.. row.UsagePlanIds.Union(existing is null ? [] : plansByKey[existing.Id], StringComparer.Ordinal)];
            if (PlanFault(planIds, state) is { } fault)
                report.Add(row.Line, file.ColumnOf(KeyFileColumns.UsagePlanIds), fault);
            else
                accepted.Add((row, existing));
        }
        return accepted;
    }

    private static string? PlanFault(string[] planIds, RegistryState state)
    {
        if (planIds.Length == 0)
            return null;
        if (Array.Find(planIds, planId => !state.Plans.ContainsKey(planId)) is { } unknown)
            return $"there is no usage plan {unknown}";
        if (planIds.Length > UsagePlanStore.PlansPerKey)
            return $"the key would be in {planIds.Length} usage plans; {UsagePlanStore.PlansPerKey} are allowed";
        var shared = planIds.SelectMany(planId => state.Plans[planId].ApiStages).GroupBy(stage => $"{stage.ApiId}/{stage.Stage}").FirstOrDefault(stages => stages.Count() > 1);
        return shared is null ? null : $"the key would be in two usage plans of {shared.Key}; one is allowed per stage";
    }
}
