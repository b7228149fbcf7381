using System.Security.Cryptography;
using System.Text;

namespace ApiPoc.Gateway.Control.Signing;

/// <summary>
/// Decides whether a request is signed by somebody who may use this service, now. Pure: the request, the credentials and the time
/// decide alone.
/// </summary>
/// <param name="credentials">Who may sign.</param>
/// <param name="service">The service's signing name.</param>
/// <param name="region">The only region a signature may name; null or empty when any will do.</param>
internal sealed class SignatureVerifier(IEnumerable<ControlCredential> credentials, string service, string? region = null)
{
    /// <summary>How far apart the clocks of both sides may be.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, ControlCredential> _credentials = credentials.ToDictionary(credential => credential.AccessKeyId, StringComparer.Ordinal);

    /// <summary>Judges everything but the signature itself, so that nobody's body is read without need.</summary>
    /// <returns>The claim to <see cref="Verify"/>; null when there is a fault.</returns>
    public SignatureClaim? Examine(SignedRequest request, DateTimeOffset now, out ControlError? fault)
    {
        var claim = SignatureClaim.Read(request, out fault);
        if (claim is null)
            return null;
        fault = Find(claim) is null ? SignatureErrors.UnknownToken
            : TimeFault(claim, now) ?? ScopeFault(claim.Scope, claim.SignedAt) ?? HeaderFault(claim, request);
        return fault is null ? claim : null;
    }

    /// <summary>Whether <paramref name="claim"/> is what its secret makes of <paramref name="request"/> with a body of <paramref name="payloadHash"/>.</summary>
    public bool Verify(SignedRequest request, SignatureClaim claim, string payloadHash)
    {
        string canonical = CanonicalRequest.Write(request, claim.SignedHeaders, payloadHash, claim.Lifetime is null ? null : SignatureClaim.SignatureParameter);
        string expected = SigningKey.Sign(Find(claim)!.SecretAccessKey, claim.Scope, claim.SignedAt.UtcDateTime.ToString(SignatureClaim.TimeFormat), canonical);
        return IsSame(expected, claim.Signature);
    }

    private ControlCredential? Find(SignatureClaim claim) =>
        _credentials.TryGetValue(claim.AccessKeyId, out var credential) && IsSame(credential.SessionToken ?? "", claim.SessionToken ?? "") ? credential : null;

    private static ControlError? TimeFault(SignatureClaim claim, DateTimeOffset now)
    {
        var (earliest, latest) = (claim.SignedAt - Tolerance, claim.SignedAt + (claim.Lifetime ?? Tolerance));
        if (now > latest)
            return SignatureErrors.Invalid($"Signature expired: {Text(claim.SignedAt)} is now earlier than {Text(now - (claim.Lifetime ?? Tolerance))} ({Text(now)} - {Minutes(claim.Lifetime ?? Tolerance)})");
        return now < earliest
            ? SignatureErrors.Invalid($"Signature not yet current: {Text(claim.SignedAt)} is still later than {Text(now + Tolerance)} ({Text(now)} + {Minutes(Tolerance)})") : null;
    }

    private ControlError? ScopeFault(CredentialScope scope, DateTimeOffset signedAt)
    {
        string time = Text(signedAt);
        if (scope.Date != time[..8])
            return SignatureErrors.Invalid($"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope.Date}' != '{time[..8]}', from '{time}'.");
        if (scope.Service != service)
            return SignatureErrors.Invalid($"Credential should be scoped to correct service: '{service}'.");
        return !string.IsNullOrEmpty(region) && scope.Region != region ? SignatureErrors.Invalid($"Credential should be scoped to a valid region, not '{scope.Region}'.") : null;
    }

    private static ControlError? HeaderFault(SignatureClaim claim, SignedRequest request)
    {
        if (!claim.SignedHeaders.Contains("host", StringComparer.Ordinal))
            return SignatureErrors.Invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
        // A header that is signed and absent would be signed as empty; no client does that.
        return Array.Exists(claim.SignedHeaders, name => !request.Headers.ContainsKey(name)) ? SignatureErrors.Mismatch : null;
    }

    private static bool IsSame(string expected, string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(SignatureClaim.TimeFormat);

    private static string Minutes(TimeSpan time) => time.TotalMinutes >= 1 ? $"{time.TotalMinutes:0.##} min." : $"{time.TotalSeconds:0} s.";
}
