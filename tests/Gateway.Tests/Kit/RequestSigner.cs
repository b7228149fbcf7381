using System.Security.Cryptography;
using ApiPoc.Gateway.Control.Signing;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>Signs requests to the control plane as AWS's SDKs do. That the gateway's own code for it is right is shown elsewhere, by AWS's vectors and its CLI.</summary>
internal static class RequestSigner
{
    /// <summary>Signs <paramref name="request"/>, which has its whole address.</summary>
    public static async Task SignAsync(HttpRequestMessage request, DateTimeOffset now, string accessKeyId = "test", string secret = "test")
    {
        var address = request.RequestUri!;
        string time = now.UtcDateTime.ToString(SignatureClaim.TimeFormat);
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync();
        var scope = new CredentialScope(time[..8], "us-east-1", "apigateway");
        var signed = new SignedRequest(
            request.Method.Method, address.AbsolutePath, address.Query.TrimStart('?'), new HeaderDictionary { ["host"] = address.Authority, ["x-amz-date"] = time });
        string canonical = CanonicalRequest.Write(signed, ["host", "x-amz-date"], Convert.ToHexStringLower(SHA256.HashData(body)));
        request.Headers.TryAddWithoutValidation("x-amz-date", time);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"{SigningKey.Algorithm} Credential={accessKeyId}/{scope}, SignedHeaders=host;x-amz-date, Signature={SigningKey.Sign(secret, scope, time, canonical)}");
    }
}
