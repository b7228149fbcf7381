using System.Text.RegularExpressions;

namespace ApiPoc.Gateway.Control.Patching;

/// <summary>What can be done to a path.</summary>
[Flags]
internal enum PatchOps
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>add</c>.</summary>
    Add = 1,

    /// <summary><c>replace</c>.</summary>
    Replace = 2,

    /// <summary><c>remove</c>.</summary>
    Remove = 4,

    /// <summary><c>add</c> and <c>replace</c>: both set the value.</summary>
    Set = Add | Replace,
}

/// <summary>A path that can be patched.</summary>
/// <param name="Path">As AWS documents it; <c>{name}</c> stands for one segment, <c>{resourcePath}</c> for several or none.</param>
/// <param name="Ops">What can be done to it.</param>
/// <param name="Apply">Does it: the resource, the operation and what the places in the path hold.</param>
internal sealed record PatchRow<T>(string Path, PatchOps Ops, Func<T, PatchOperation, IReadOnlyList<string>, T> Apply)
{
    // Several places in a path of any length: matched in linear time, and so without a time-out.
    private readonly Regex _pattern = new($"^{Pattern(Path)}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>A path without places.</summary>
    public PatchRow(string path, PatchOps ops, Func<T, PatchOperation, T> apply) : this(path, ops, (resource, patch, _) => apply(resource, patch))
    {
    }

    /// <summary>What the places hold, in order; null when <paramref name="path"/> is another.</summary>
    public IReadOnlyList<string>? Match(string path) =>
        _pattern.Match(path) is { Success: true } match ? [.. match.Groups.Values.Skip(1).Select(group => group.Value)] : null;

    private static string Pattern(string path) => Regex.Escape(path)
        .Replace(@"\{resourcePath}", "(.*)", StringComparison.Ordinal)
        .Replace(@"\{httpMethod}", "([^/]+)", StringComparison.Ordinal)
        .Replace(@"\{name}", "([^/]+)", StringComparison.Ordinal)
        .Replace(@"\{apiId:stage}", "([^/:]+):([^/:]+)", StringComparison.Ordinal);
}
