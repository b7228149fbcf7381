using System.Globalization;

namespace ApiPoc.Gateway.Control.Signing;

/// <summary>What a request says of its signature. Read from outside: nothing of it is believed yet.</summary>
/// <param name="AccessKeyId">Whose secret signed.</param>
/// <param name="Scope">What the signature is good for.</param>
/// <param name="SignedHeaders">The signed headers' names.</param>
/// <param name="Signature">The signature.</param>
/// <param name="SignedAt">When it was made.</param>
/// <param name="Lifetime">How long a presigned request stays good; null for one signed in its header.</param>
/// <param name="SessionToken">The session token; null when there is none.</param>
internal sealed record SignatureClaim(
    string AccessKeyId, CredentialScope Scope, string[] SignedHeaders, string Signature, DateTimeOffset SignedAt, TimeSpan? Lifetime, string? SessionToken)
{
    /// <summary>How a signature's time is written.</summary>
    public const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The query parameter of a presigned request that holds the signature.</summary>
    public const string SignatureParameter = "X-Amz-Signature";

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(7);

    /// <summary>Reads the claim of <paramref name="request"/> from its header, or from its query when it is presigned.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <returns>Null when there is a fault.</returns>
    public static SignatureClaim? Read(SignedRequest request, out ControlError? fault)
    {
        var parts = SignatureParts.Of(request);
        fault = parts is null ? ControlError.MissingAuthenticationToken : null;
        if (parts is null)
            return null;
        var problems = new List<string>();
        string[] credential = parts.Credential?.Split('/') ?? [];
        if (parts.Algorithm != SigningKey.Algorithm)
            problems.Add($"The signature's algorithm must be {SigningKey.Algorithm}.");
        if (credential.Length == 0)
            problems.Add($"{parts.Source} requires 'Credential' parameter.");
        else if (credential.Length != 5 || credential[4] != CredentialScope.Ending)
            problems.Add("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/aws4_request.");
        if (string.IsNullOrEmpty(parts.Signature))
            problems.Add($"{parts.Source} requires 'Signature' parameter.");
        if (string.IsNullOrEmpty(parts.SignedHeaders))
            problems.Add($"{parts.Source} requires 'SignedHeaders' parameter.");
        if (!TryReadTime(parts.Time, out var signedAt))
            problems.Add($"{parts.Source} requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        if (!TryReadLifetime(parts.Lifetime, out var lifetime))
            problems.Add("X-Amz-Expires must be a number of seconds from 1 to 604800.");
        fault = problems.Count == 0 ? null : SignatureErrors.Incomplete(problems);
        return fault is not null ? null : new SignatureClaim(
            credential[0], new CredentialScope(credential[1], credential[2], credential[3]), parts.SignedHeaders!.Split(';'), parts.Signature!, signedAt, lifetime, parts.SessionToken);
    }

    private static bool TryReadTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, [TimeFormat, "R"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static bool TryReadLifetime(string? text, out TimeSpan? lifetime)
    {
        lifetime = null;
        if (text is null)
            return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) || seconds < 1 || seconds > LongestLifetime.TotalSeconds)
            return false;
        lifetime = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
