using ApiPoc.Gateway.Integrations;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Caching;

/// <summary>Keeps one miss's answer and shares it with those who wait for it.</summary>
internal sealed class CacheFill(AnswerCache cache, string key, CachePolicy policy, CacheFlight? flight) : IDisposable
{
    /// <summary>Keeps <paramref name="answer"/> if it can be kept.</summary>
    /// <returns>What to send instead: the same answer, of which the body may have been read.</returns>
    public async ValueTask<IGatewayAnswer> KeepAsync(GatewayCall call, IGatewayAnswer answer)
    {
        var complete = answer is ForwardedAnswer forwarded ? await CompleteAsync(call, forwarded) : answer;
        if (complete is BufferedAnswer kept && MayKeep(kept))
        {
            cache.Keep(key, kept, policy.Ttl);
            flight?.Land(kept);
        }
        return complete;
    }

    /// <summary>Lets those who wait go on, whatever has become of the call.</summary>
    public void Dispose() => flight?.Land(null);

    private bool MayKeep(BufferedAnswer answer) =>
        answer.Body.Length <= CachePolicy.MaxBodyBytes
        && (policy.KeepsErrors || answer.Status is >= 200 and < 300)
        // A cookie is for one caller.
        && !answer.Headers.Any(header => header.Key.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase));

    private static async ValueTask<IGatewayAnswer> CompleteAsync(GatewayCall call, ForwardedAnswer answer)
    {
        var response = answer.Response;
        if (response.Content.Headers.ContentLength > CachePolicy.MaxBodyBytes)
            return answer;
        var stream = await response.Content.ReadAsStreamAsync(call.TimeoutToken);
        byte[] buffer = new byte[response.Content.Headers.ContentLength ?? 4096];
        int length = 0;
        while (length <= CachePolicy.MaxBodyBytes)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Max(256, buffer.Length * 2));
            int read = await stream.ReadAsync(buffer.AsMemory(length), call.TimeoutToken);
            if (read == 0)
            {
                using (response)
                    return new BufferedAnswer((int)response.StatusCode, [.. answer.HeadersFor(call).Where(header => header.Key != "Content-Length")], buffer.AsMemory(0, length));
            }
            length += read;
        }
        return new ForwardedAnswer(response, buffer.AsMemory(0, length));
    }
}
