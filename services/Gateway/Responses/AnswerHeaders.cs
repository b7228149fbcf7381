using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Responses;

/// <summary>Puts a back end's headers beside the gateway's own.</summary>
internal static class AnswerHeaders
{
    /// <summary>The request's id.</summary>
    public const string RequestId = "x-amzn-RequestId";

    /// <summary>The gateway's opaque id.</summary>
    public const string GatewayId = "x-amz-apigw-id";

    private const string Remapped = "x-amzn-Remapped-";

    private static readonly FrozenSet<string> Ids = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, RequestId, GatewayId);

    // Lists: what the back end says of its limits stands beside what we say of ours.
    private static readonly FrozenSet<string> Lists = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Vary", "RateLimit", "RateLimit-Policy");

    /// <summary>Adds a back end's header: lists join ours, and what would replace our ids is renamed as AWS does.</summary>
    public static void Add(IHeaderDictionary headers, string name, StringValues values)
    {
        if (Lists.Contains(name))
            headers.Append(name, values);
        else if (Ids.Contains(name))
            headers[Remapped + name] = values;
        else
            headers[name] = values;
    }
}
