using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Control.Import;

/// <summary>Registers the keys of a file, all in one step: nobody sees half an import.</summary>
internal sealed class KeyImporter(RegistryReplica replica, ApiKeyStore keys, TimeProvider clock)
{
    /// <summary>Imports what can be imported.</summary>
    /// <param name="file">The file.</param>
    /// <param name="failOnWarnings">Whether anything to say about the file means that nothing is imported.</param>
    /// <param name="cancellationToken">Gives up; the import may have been made.</param>
    /// <exception cref="ControlException">The file was refused, with everything that is to be said about it.</exception>
    /// <exception cref="RegistryException">There would be too many keys, or Redis cannot be reached.</exception>
    public async Task<ImportAnswer> ImportAsync(KeyFile file, bool failOnWarnings, CancellationToken cancellationToken)
    {
        if (file.Report.IsFatal)
            throw Refused(file.Report);
        // Encrypting values takes a while, in which others may change the registry; a refused file needs none of it.
        bool isHopeless = failOnWarnings && !file.Report.IsEmpty;
        var drafts = isHopeless ? [] : file.Rows.ToDictionary(row => row.Value, row => keys.Draft(row.Name, row.Value), StringComparer.Ordinal);
        ImportAnswer? answer = null;
        await replica.ChangeAsync(
            state =>
            {
                var report = new ImportReport(file.Report);
                var accepted = ImportRules.Check(file, state, report);
                if (failOnWarnings && !report.IsEmpty)
                    throw Refused(report);
                ApiKeyStore.RequireRoom(state, accepted.Count(row => row.Existing is null));
                var imported = accepted.Select(row => (row.Row, Key: KeyOf(row.Row, row.Existing ?? drafts[row.Row.Value]))).ToList();
                answer = new ImportAnswer([.. imported.Select(key => key.Key.Id)], report.Messages);
                return [.. imported.SelectMany(key => Items(key.Row, key.Key, state))];
            },
            cancellationToken);
        return answer!;
    }

    private static ControlException Refused(ImportReport report) => new(ControlError.BadRequest(string.Join('\n', report.Messages)));

    private ApiKey KeyOf(KeyRow row, ApiKey key) => key with
    {
        Name = row.Name,
        Description = row.Description,
        Enabled = row.IsEnabled,
        UpdatedAt = clock.GetUtcNow(),
    };

    // Plans that the file does not name keep the key: a file without them is no order to shut anybody out.
    private IEnumerable<RegistryItem> Items(KeyRow row, ApiKey key, RegistryState state) =>
    [
        RegistryState.Item(RegistryNames.Of(RegistryNames.Key, key.Id), key),
        .. row.UsagePlanIds.Where(planId => !state.PlanKeys.ContainsKey($"{planId}/{key.Id}")).Select(planId => RegistryState.Item(
            RegistryNames.Of(RegistryNames.PlanKey, planId, key.Id), new UsagePlanKey(planId, key.Id, clock.GetUtcNow()))),
    ];
}

/// <summary>What an import answers.</summary>
/// <param name="Ids">The ids of the imported keys, in the order of the file.</param>
/// <param name="Warnings">What is to be said about the file.</param>
internal sealed record ImportAnswer(IReadOnlyList<string> Ids, IReadOnlyList<string> Warnings);
