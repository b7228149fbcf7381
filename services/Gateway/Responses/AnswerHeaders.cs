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

    /// <summary>Adds a back end's header: <c>Vary</c> joins ours, and what would replace our ids is renamed as AWS does.</summary>
    public static void Add(IHeaderDictionary headers, string name, StringValues values)
    {
        if (name.Equals("Vary", StringComparison.OrdinalIgnoreCase))
            headers.Vary = StringValues.Concat(headers.Vary, values);
        else if (name.Equals(RequestId, StringComparison.OrdinalIgnoreCase) || name.Equals(GatewayId, StringComparison.OrdinalIgnoreCase))
            headers[Remapped + name] = values;
        else
            headers[name] = values;
    }
}
