using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Pipeline;

/// <summary>A value of the request by its AWS name, e.g. <c>method.request.header.Authorization</c>.</summary>
/// <param name="Kind">Where it stands.</param>
/// <param name="Name">Its name there.</param>
internal sealed record RequestValue(RequestValueKind Kind, string Name)
{
    /// <summary>Reads an AWS name, which the definition's rules have checked.</summary>
    public static RequestValue Parse(string expression)
    {
        ReadOnlySpan<(string Prefix, RequestValueKind Kind)> kinds =
        [
            ("method.request.header.", RequestValueKind.Header),
            ("method.request.querystring.", RequestValueKind.Query),
            ("method.request.path.", RequestValueKind.Path),
            ("stageVariables.", RequestValueKind.StageVariable),
        ];
        foreach (var (prefix, kind) in kinds)
        {
            if (expression.StartsWith(prefix, StringComparison.Ordinal))
                return new RequestValue(kind, expression[prefix.Length..]);
        }
        throw new ArgumentException($"'{expression}' names no value of a request.", nameof(expression));
    }

    /// <summary>The value in <paramref name="call"/>; null when it is absent.</summary>
    public string? Of(GatewayCall call) => Kind switch
    {
        RequestValueKind.Header => call.Request.Headers.TryGetValue(Name, out var header) ? header.ToString() : null,
        RequestValueKind.Query => OfQuery(call.Request.QueryString),
        RequestValueKind.Path => call.Parameters.Value(Name),
        _ => call.Stage!.Variables.GetValueOrDefault(Name),
    };

    // The request's own collection takes LANG for lang, which back ends do not: what they answer to one would be cached for the other.
    private string? OfQuery(QueryString query)
    {
        StringValues values = default;
        foreach (var parameter in new QueryStringEnumerable(query.Value))
        {
            if (parameter.DecodeName().Span.SequenceEqual(Name))
                values = StringValues.Concat(values, parameter.DecodeValue().ToString());
        }
        return values.Count == 0 ? null : values.ToString();
    }
}

/// <summary>Where a value stands.</summary>
internal enum RequestValueKind
{
    /// <summary>A header.</summary>
    Header,

    /// <summary>A query parameter.</summary>
    Query,

    /// <summary>A path parameter.</summary>
    Path,

    /// <summary>A stage variable.</summary>
    StageVariable,
}
