namespace ApiPoc.Gateway.Control.Signing;

/// <summary>Why a request's signature is not accepted, in AWS's own words.</summary>
internal static class SignatureErrors
{
    /// <summary>The access key or its session token is not known here.</summary>
    public static ControlError UnknownToken { get; } = new(403, "UnrecognizedClientException", "The security token included in the request is invalid.");

    /// <summary>The signature is not the one the secret makes.</summary>
    public static ControlError Mismatch { get; } = Invalid(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. "
        + "Consult the service documentation for details.");

    /// <summary>Parts of the signature are missing or malformed.</summary>
    public static ControlError Incomplete(IEnumerable<string> problems) => new(400, "IncompleteSignatureException", string.Join(' ', problems));

    /// <summary>The signature is not good for this request.</summary>
    public static ControlError Invalid(string message) => new(403, "InvalidSignatureException", message);
}
