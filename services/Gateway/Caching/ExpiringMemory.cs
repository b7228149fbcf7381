using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ApiPoc.Gateway.Caching;

/// <summary>Remembers values for a time, never more than a number of them.</summary>
internal sealed class ExpiringMemory<TKey, TValue>(TimeProvider clock, int capacity) where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, (TValue Value, long ExpiresAt)> _entries = new();

    /// <summary>Finds what is remembered of <paramref name="key"/>.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        bool isFound = _entries.TryGetValue(key, out var entry) && clock.GetTimestamp() < entry.ExpiresAt;
        value = isFound ? entry.Value : default;
        return isFound;
    }

    /// <summary>Remembers <paramref name="value"/> for <paramref name="ttl"/>.</summary>
    public void Set(TKey key, TValue value, TimeSpan ttl)
    {
        if (_entries.Count >= capacity)
            MakeRoom();
        _entries[key] = (value, clock.GetTimestamp() + (long)(ttl.TotalSeconds * clock.TimestampFrequency));
    }

    /// <summary>Forgets <paramref name="key"/>.</summary>
    public void Remove(TKey key) => _entries.TryRemove(key, out _);

    private void MakeRoom()
    {
        long now = clock.GetTimestamp();
        foreach (var (key, entry) in _entries)
        {
            if (now >= entry.ExpiresAt)
                _entries.TryRemove(key, out _);
        }
        // All in use: forgetting everything costs asking again, and is done at most once per capacity of new keys.
        if (_entries.Count >= capacity)
            _entries.Clear();
    }
}
