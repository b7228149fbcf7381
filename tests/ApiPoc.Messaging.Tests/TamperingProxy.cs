using System.Net;
using System.Text;
using ApiPoc.Testing;

namespace ApiPoc.Messaging.Tests;

/// <summary>Stands between client and emulator, and changes or refuses what passes, as a broken network or an overloaded service would.</summary>
internal sealed class TamperingProxy : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _http = new();
    private readonly string _target;
    private readonly Task _serving;

    public TamperingProxy(string target)
    {
        _target = target;
        Url = Listen(_listener);
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>Answers 503 without passing it on; told the operation.</summary>
    public Func<string, bool> Refuse { get; init; } = _ => false;

    /// <summary>Changes a request's body; told the operation.</summary>
    public Func<string, string, string> Request { get; init; } = (_, body) => body;

    /// <summary>Changes an answer's body; told the operation.</summary>
    public Func<string, string, string> Answer { get; init; } = (_, body) => body;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _http.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await PassAsync(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // Closed by the test's end, or the client went away.
            }
        }
    }

    private async Task PassAsync(HttpListenerContext context)
    {
        var operation = context.Request.Headers["X-Amz-Target"]?.Split('.')[1] ?? "";
        if (Refuse(operation))
        {
            context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            context.Response.Close();
            return;
        }

        using var reader = new StreamReader(context.Request.InputStream);
        using var request = new HttpRequestMessage(HttpMethod.Post, _target)
        {
            Content = new StringContent(Request(operation, await reader.ReadToEndAsync()), new UTF8Encoding(false)),
        };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        foreach (var header in new[] { "X-Amz-Target", "Authorization" })
            request.Headers.TryAddWithoutValidation(header, context.Request.Headers[header]);

        using var answer = await _http.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Answer(operation, await answer.Content.ReadAsStringAsync())));
        context.Response.Close();
    }

    // HttpListener cannot choose a port, so a free one is looked for; another process may be faster, then the next is tried.
    private static string Listen(HttpListener listener)
    {
        for (var attempt = 1; ; attempt++)
        {
            var url = $"http://127.0.0.1:{FreePort.Next()}/";
            listener.Prefixes.Clear();
            listener.Prefixes.Add(url);
            try
            {
                listener.Start();
                return url;
            }
            catch (HttpListenerException) when (attempt < 5)
            {
            }
        }
    }
}
