using System.Net;
using System.Text;
using ApiPoc.Gateway.Framing;

namespace ApiPoc.Gateway.Integrations;

/// <summary>
/// The connections to HTTP back ends. What a back end says reaches the caller as it is: no redirects are followed, no cookies kept,
/// nothing is decompressed, and no proxy or credential of the environment is used.
/// </summary>
internal sealed class BackendClient : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // As the server has read them, so that the back end gets the caller's bytes.
        RequestHeaderEncodingSelector = (name, _) => FramingRegistration.EncodingOf(name) ?? Encoding.UTF8,
        // A back end's address may change; a connection does not notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        EnableMultipleHttp2Connections = true,
    });

    /// <summary>Sends <paramref name="request"/>; returns when the answer's headers have come.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();
}
