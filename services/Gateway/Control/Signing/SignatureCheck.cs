using System.Security.Cryptography;
using System.Security.Principal;

namespace ApiPoc.Gateway.Control.Signing;

/// <summary>Lets a request go on when it is signed by somebody who may use the control plane.</summary>
internal sealed class SignatureCheck(RequestDelegate next, SignatureVerifier verifier, TimeProvider clock)
{
    private const string PayloadHashHeader = "x-amz-content-sha256";
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>Checks the request of <paramref name="http"/>.</summary>
    /// <exception cref="ControlException">It is not signed, or not by one of ours, or not what was signed.</exception>
    public async Task InvokeAsync(HttpContext http)
    {
        if (await FaultOfAsync(http) is { } fault)
            throw new ControlException(fault);
        await next(http);
    }

    private async Task<ControlError?> FaultOfAsync(HttpContext http)
    {
        var request = SignedRequest.Of(http);
        if (verifier.Examine(request, clock.GetUtcNow(), out var fault) is not { } claim)
            return fault;
        string? declared = request.Headers.TryGetValue(PayloadHashHeader, out var header) ? header.ToString() : null;
        // A declared hash is signed: a body that nobody signed is not even read.
        if (declared is not null && !verifier.Verify(request, claim, declared))
            return SignatureErrors.Mismatch;
        if (declared == UnsignedPayload)
            return Admit(http, claim);
        string actual = await HashAsync(http.Request);
        bool isSigned = declared is null ? verifier.Verify(request, claim, actual) : string.Equals(declared, actual, StringComparison.OrdinalIgnoreCase);
        return isSigned ? Admit(http, claim) : SignatureErrors.Mismatch;
    }

    // Whoever changes something is named in the log.
    private static ControlError? Admit(HttpContext http, SignatureClaim claim)
    {
        http.User = new GenericPrincipal(new GenericIdentity(claim.AccessKeyId), roles: null);
        return null;
    }

    // What is longer than some kilobytes waits on the disk for whoever reads it after the check.
    private static async Task<string> HashAsync(HttpRequest request)
    {
        request.EnableBuffering();
        byte[] hash = await SHA256.HashDataAsync(request.Body, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash);
    }
}
