using System.Buffers;
using ApiPoc.Gateway.Cors;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Integrations;

/// <summary>A back end's answer, streamed to the caller as it comes.</summary>
/// <param name="response">The answer.</param>
/// <param name="beginning">What of its body has been read already.</param>
internal sealed class ForwardedAnswer(HttpResponseMessage response, ReadOnlyMemory<byte> beginning = default) : IGatewayAnswer
{
    private const int BufferSize = 16 * 1024;
    private const int FlushAfter = 64 * 1024;

    /// <summary>The back end's answer.</summary>
    public HttpResponseMessage Response { get; } = response;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(GatewayCall call)
    {
        using (Response)
        {
            var target = call.Response;
            target.StatusCode = (int)Response.StatusCode;
            bool isEmpty = target.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent;
            foreach (var (name, values) in HeadersFor(call))
            {
                // Some back ends give a length, the server gives none.
                if (!isEmpty || name is not "Content-Length")
                    AnswerHeaders.Add(target.Headers, name, values);
            }
            if (isEmpty)
                return;
            if (!beginning.IsEmpty)
                await target.BodyWriter.WriteAsync(beginning, call.TimeoutToken);
            await CopyBodyAsync(call);
        }
    }

    /// <summary>The headers the caller gets.</summary>
    public IEnumerable<KeyValuePair<string, StringValues>> HeadersFor(GatewayCall call)
    {
        var connection = Response.Headers.NonValidated.TryGetValues("Connection", out var options) ? new StringValues(options.ToString()) : default;
        bool ownsCors = call.Stage!.Cors is not null;
        foreach (var (name, values) in Response.Headers.NonValidated)
        {
            // Server and Date are ours to say; cross-origin headers too when the API declares them.
            if (!HopByHop.Contains(name, connection) && name is not ("Server" or "Date") && !(ownsCors && CorsPolicy.IsCorsHeader(name)))
                yield return new(name, Values(values));
        }
        foreach (var (name, values) in Response.Content.Headers.NonValidated)
            yield return new(name, Values(values));
    }

    private static StringValues Values(System.Net.Http.Headers.HeaderStringValues values)
    {
        if (values.Count == 1)
            return values.ToString();
        string[] all = new string[values.Count];
        int index = 0;
        foreach (string value in values)
            all[index++] = value;
        return all;
    }

    private async ValueTask CopyBodyAsync(GatewayCall call)
    {
        using var stream = await Response.Content.ReadAsStreamAsync(call.TimeoutToken);
        var writer = call.Response.BodyWriter;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                var read = stream.ReadAsync(buffer, call.TimeoutToken);
                // Before waiting for more the caller gets what there is; what comes at once goes out together.
                if (!read.IsCompleted && writer.UnflushedBytes > 0)
                    await writer.FlushAsync(call.TimeoutToken);
                int length = await read;
                if (length == 0)
                    return;
                writer.Write(buffer.AsSpan(0, length));
                if (writer.UnflushedBytes >= FlushAfter)
                    await writer.FlushAsync(call.TimeoutToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
