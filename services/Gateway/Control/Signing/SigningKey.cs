using System.Security.Cryptography;
using System.Text;

namespace ApiPoc.Gateway.Control.Signing;

/// <summary>AWS Signature Version 4: what a secret makes of a canonical request.</summary>
internal static class SigningKey
{
    /// <summary>The only algorithm.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The signature, 64 lower-case hexadecimal digits.</summary>
    /// <param name="secret">The secret access key.</param>
    /// <param name="scope">The credential's scope.</param>
    /// <param name="timestamp">The request's time, <c>yyyyMMddTHHmmssZ</c>.</param>
    /// <param name="canonicalRequest">What is signed.</param>
    public static string Sign(string secret, CredentialScope scope, string timestamp, string canonicalRequest)
    {
        string toSign = $"{Algorithm}\n{timestamp}\n{scope}\n{Hash(canonicalRequest)}";
        byte[] key = Encoding.UTF8.GetBytes($"AWS4{secret}");
        foreach (string part in (string[])[scope.Date, scope.Region, scope.Service, scope.Terminator])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
