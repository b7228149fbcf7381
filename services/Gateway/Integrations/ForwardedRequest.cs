using System.Collections.Frozen;
using System.Diagnostics;
using ApiPoc.Gateway.Explaining;
using ApiPoc.Gateway.Pipeline;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Integrations;

/// <summary>What of a request is forwarded.</summary>
internal static class ForwardedRequest
{
    private const string ForwardedFor = "X-Forwarded-For";

    // Host is the back end's; what names a span is written anew by the client, for the hop is a span of its own.
    private static readonly FrozenSet<string> OwnNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "Host", "Expect", ForwardedFor, "X-Forwarded-Proto", Explanation.RequestHeader);

    private static readonly FrozenSet<string> TraceNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, [.. DistributedContextPropagator.Current.Fields]);

    /// <summary>Copies the caller's headers and body to <paramref name="request"/>.</summary>
    public static void Copy(GatewayCall call, HttpRequestMessage request)
    {
        var source = call.Request;
        if (call.Body is { } read)
            request.Content = new ReadOnlyMemoryContent(read);
        else if (call.Http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true)
            request.Content = new StreamContent(source.Body);
        bool isTraced = Activity.Current is not null;
        var connection = source.Headers.Connection;
        foreach (var (name, values) in source.Headers)
        {
            if (OwnNames.Contains(name) || HopByHop.Contains(name, connection) || (isTraced && TraceNames.Contains(name)))
                continue;
            if (!Add(request, name, values))
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }
        request.Headers.TryAddWithoutValidation(ForwardedFor, Append(source.Headers[ForwardedFor], call));
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", source.Scheme);
    }

    private static bool Add(HttpRequestMessage request, string name, StringValues values) => values.Count == 1
        ? request.Headers.TryAddWithoutValidation(name, values[0])
        : request.Headers.TryAddWithoutValidation(name, values.ToArray());

    private static string? Append(StringValues before, GatewayCall call)
    {
        string? peer = call.Http.Connection.RemoteIpAddress?.ToString();
        return before.Count == 0 ? peer : $"{before}, {peer}";
    }
}
