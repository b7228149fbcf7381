using System.Security.Cryptography;
using System.Text;

namespace ApiPoc.Gateway.Control.RestApis;

/// <summary>Ids for what <c>gateway.json</c> declares without one: the same on every instance and after every restart.</summary>
internal static class DeclaredId
{
    private const int Length = 10;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The id of a resource of an API.</summary>
    public static string OfResource(string apiId, string path) => Of($"resource {apiId}{path}");

    /// <summary>The id of an API's one deployment.</summary>
    public static string OfDeployment(string apiId) => Of($"deployment {apiId}");

    private static string Of(string text)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(Length, digest, static (id, bytes) =>
        {
            for (int index = 0; index < id.Length; index++)
                id[index] = Alphabet[bytes[index] % Alphabet.Length];
        });
    }
}
