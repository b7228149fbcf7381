using System.Buffers;

namespace ApiPoc.Domain.Jobs;

/// <summary>Which resources a job may name: a plain relative path that cannot leave the API's base address in any reading of it.</summary>
internal static class ResourceRules
{
    public const string Rule =
        "resource is not a plain relative path: segments of letters, digits and - . _ ~ : @ , = + that are not all dots, parted by single slashes.";

    private const int MaxLength = 1024;

    // No percent sign: an encoded dot, slash or line end is one after the next decoding, wherever that happens.
    private static readonly SearchValues<char> SegmentCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:@,=+");

    public static bool IsPlain(string resource)
    {
        var path = Normalize(resource).AsSpan();
        if (path.Length is 0 or > MaxLength)
            return false;
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            if (segment.IsEmpty || segment.ContainsAnyExcept(SegmentCharacters) || !segment.ContainsAnyExcept('.'))
                return false;
        }
        return true;
    }

    /// <summary>Without the one slash that many senders put first.</summary>
    public static string Normalize(string resource) => resource.StartsWith('/') ? resource[1..] : resource;
}
