using System.Security.Cryptography;
using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.ApiKeys;

/// <summary>The API keys: created, changed, deleted. Read them from <see cref="RegistryReplica.State"/>.</summary>
internal sealed class ApiKeyStore(RegistryReplica replica, KeyProtection protection, TimeProvider clock)
{
    /// <summary>Keys an account may have, as in AWS.</summary>
    public const int Maximum = 10_000;

    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string ValueAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A new id, as AWS makes them.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdAlphabet, 10);

    /// <summary>A new value: 40 characters, 238 bits of chance.</summary>
    public static string NewValue() => RandomNumberGenerator.GetString(ValueAlphabet, 40);

    /// <summary>A key that is not registered yet.</summary>
    /// <param name="name">Its name; empty is the id.</param>
    /// <param name="value">Its value, checked by the caller.</param>
    public ApiKey Draft(string name, string value)
    {
        string id = NewId();
        var now = clock.GetUtcNow();
        return new ApiKey
        {
            Id = id,
            Name = name.Length == 0 ? id : name,
            Digest = KeyDigest.Of(value).ToString(),
            ProtectedValue = protection.Protect(value),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>The value of <paramref name="key"/>; null when it was not kept.</summary>
    public string? Reveal(ApiKey key) => protection.Reveal(key);

    /// <summary>Registers <paramref name="key"/>.</summary>
    /// <exception cref="RegistryException">The value is taken, or there are too many keys.</exception>
    public Task CreateAsync(ApiKey key, CancellationToken cancellationToken) => replica.ChangeAsync(
        state =>
        {
            if (state.KeysByDigest.ContainsKey(KeyDigest.Parse(key.Digest)))
                throw new RegistryException(RegistryProblem.Conflict, "API Key already exists");
            RequireRoom(state, count: 1);
            return [RegistryState.Item(RegistryNames.Of(RegistryNames.Key, key.Id), key)];
        },
        cancellationToken);

    /// <summary>Changes a key; its id and digest stay.</summary>
    /// <exception cref="RegistryException">There is none.</exception>
    public async Task<ApiKey> UpdateAsync(string id, Func<ApiKey, ApiKey> change, CancellationToken cancellationToken)
    {
        await replica.ChangeAsync(
            state => [RegistryState.Item(RegistryNames.Of(RegistryNames.Key, id), change(Require(state, id)) with { UpdatedAt = clock.GetUtcNow() })], cancellationToken);
        return Require(replica.State, id);
    }

    /// <summary>Deletes a key and takes it out of its plans.</summary>
    /// <exception cref="RegistryException">There is none.</exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => replica.ChangeAsync(
        state =>
        [
            new RegistryItem(RegistryNames.Of(RegistryNames.Key, Require(state, id).Id), Json: null),
            .. state.PlanKeys.Values.Where(member => member.KeyId == id)
                .Select(member => new RegistryItem(RegistryNames.Of(RegistryNames.PlanKey, member.PlanId, id), Json: null)),
        ],
        cancellationToken);

    /// <summary>Checks that an account with the keys of <paramref name="state"/> may have <paramref name="count"/> more.</summary>
    /// <exception cref="RegistryException">It may not.</exception>
    public static void RequireRoom(RegistryState state, int count)
    {
        if (state.Keys.Count + count > Maximum)
            throw new RegistryException(RegistryProblem.LimitExceeded, "Maximum number of API Keys have been reached. Please contact AWS if you need additional API Keys.");
    }

    private static ApiKey Require(RegistryState state, string id) =>
        state.Keys.TryGetValue(id, out var key) ? key : throw new RegistryException(RegistryProblem.NotFound, "Invalid API Key identifier specified");
}
