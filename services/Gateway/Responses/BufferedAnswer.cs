using ApiPoc.Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Responses;

/// <summary>An answer that is complete before it is sent.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">Its headers but for Content-Length.</param>
/// <param name="Body">Its body.</param>
internal sealed record BufferedAnswer(int Status, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, ReadOnlyMemory<byte> Body) : IGatewayAnswer
{
    /// <summary>An answer with one media type.</summary>
    public static BufferedAnswer Of(int status, string contentType, ReadOnlyMemory<byte> body) => new(status, [new("Content-Type", contentType)], body);

    /// <inheritdoc/>
    public ValueTask WriteAsync(GatewayCall call)
    {
        var response = call.Response;
        response.StatusCode = Status;
        for (int index = 0; index < Headers.Count; index++)
            AnswerHeaders.Add(response.Headers, Headers[index].Key, Headers[index].Value);
        if (Status is 204 or 205 or 304)
            return default;
        response.ContentLength = Body.Length;
        return HttpMethods.IsHead(call.Request.Method) ? default : response.Body.WriteAsync(Body, call.Aborted);
    }
}
