using System.Text;

namespace ApiPoc.Gateway.Framing;

/// <summary>
/// Refuses requests whose end somebody else on the way might see elsewhere: what follows would be another request to them
/// (RFC 9112, section 11.2). Most of it Kestrel refuses by itself; this is the rest.
/// </summary>
internal static class FramingRegistration
{
    // Below the 15 s after which no silent connection is to be held, by what the server's own clock may be late.
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(13);

    /// <summary>Makes the server strict about where requests end and how long connections stay silent.</summary>
    public static WebApplicationBuilder AddFraming(this WebApplicationBuilder builder)
    {
        // Lines end in CRLF; a lone LF ends one for some readers only. Kestrel reads the switch when it starts.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", isEnabled: true);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Limits.KeepAliveTimeout = KeepAliveTimeout;
            server.RequestHeaderEncodingSelector = EncodingOf;
            // A back end's headers leave as they came: the client reads each byte of them as one character.
            server.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        return builder;
    }

    /// <summary>Answers ambiguous requests with 400, as Kestrel does, and closes their connection.</summary>
    public static WebApplication UseFraming(this WebApplication app)
    {
        app.Use((context, next) => IsAmbiguous(context.Request.Headers) ? RefuseAsync(context.Response) : next(context));
        return app;
    }

    /// <summary>How the server reads a header of requests; null for UTF-8.</summary>
    public static Encoding? EncodingOf(string header) => header switch
    {
        // A key of any bytes is a wrong key, not a malformed request.
        _ when header.Equals("x-api-key", StringComparison.OrdinalIgnoreCase) => Encoding.Latin1,
        _ when header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) => LengthEncoding.Instance,
        _ => null,
    };

    // Kestrel goes by the encoding when there is a length too, and puts the length under the name below.
    private static bool IsAmbiguous(IHeaderDictionary headers) =>
        headers.TransferEncoding.Count > 0 && (headers.ContainsKey("X-Content-Length") || headers.TransferEncoding is not ["chunked"]);

    private static Task RefuseAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status400BadRequest;
        response.Headers.Connection = "close";
        return response.CompleteAsync();
    }
}
