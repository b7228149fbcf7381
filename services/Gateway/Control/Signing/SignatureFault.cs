namespace ApiPoc.Gateway.Control.Signing;

/// <summary>Why a request's signature is not accepted, in AWS's own words.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ErrorType">The error's name, as SDKs map it to an exception.</param>
/// <param name="Message">What a person reads.</param>
internal sealed record SignatureFault(int Status, string ErrorType, string Message)
{
    /// <summary>The request is not signed at all.</summary>
    public static SignatureFault Missing { get; } = new(403, "MissingAuthenticationTokenException", "Missing Authentication Token");

    /// <summary>The access key or its session token is not known here.</summary>
    public static SignatureFault UnknownToken { get; } = new(403, "UnrecognizedClientException", "The security token included in the request is invalid.");

    /// <summary>The signature is not the one the secret makes.</summary>
    public static SignatureFault Mismatch { get; } = Invalid(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. "
        + "Consult the service documentation for details.");

    /// <summary>Parts of the signature are missing or malformed.</summary>
    public static SignatureFault Incomplete(params IEnumerable<string> problems) => new(400, "IncompleteSignatureException", string.Join(' ', problems));

    /// <summary>The signature is not good for this request.</summary>
    public static SignatureFault Invalid(string message) => new(403, "InvalidSignatureException", message);
}
