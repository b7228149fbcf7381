using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using Microsoft.Extensions.Options;

namespace ApiPoc.Worker.Apis;

/// <summary>
/// Calls configured APIs and nobody else: no redirects, no proxy, no cookies, one time limit for headers and body together, and a bound
/// on the body after decompression. One client per API for the life of the process.
/// </summary>
internal sealed class ApiClient(IOptions<ApisOptions> apis, TimeProvider clock) : IDisposable
{
    /// <summary>The largest body read, decompressed.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    private const string UserAgent = "ApiPoc-Worker/1.0";

    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    /// <summary>Sends GET for <paramref name="path"/> below the API's base address.</summary>
    /// <param name="apiId">A configured API.</param>
    /// <param name="path">A plain relative path.</param>
    /// <param name="idempotencyKey">Sent as <c>Idempotency-Key</c>, so that an API which knows it can tell repeats.</param>
    /// <returns>The answer, whatever it is: this does not throw for the API's faults.</returns>
    public async Task<ApiAnswer> GetAsync(string apiId, string path, string? idempotencyKey)
    {
        var api = apis.Value[apiId];
        using var request = Request(api, path, idempotencyKey);
        using var timeout = new CancellationTokenSource(api.Timeout, clock);
        var sentAt = clock.GetUtcNow();
        var answer = new ApiAnswer(sentAt, sentAt, null, QuotaHeaders.None, default, null);
        try
        {
            using var response = await Client(apiId).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            var answeredAt = clock.GetUtcNow();
            answer = answer with
            {
                AnsweredAt = answeredAt,
                Status = (int)response.StatusCode,
                Quota = QuotaHeaderReader.Read(response.Headers, api.TrustHeaders, answeredAt),
                IsJson = IsJson(response.Content.Headers.ContentType?.MediaType),
            };
            return await BoundedBody.ReadAsync(response.Content, MaxBodyBytes, timeout.Token) is { } body
                ? answer with { Body = body }
                : answer with { Failure = ApiAnswer.TooLarge };
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return answer with { Failure = ApiAnswer.Timeout };
        }
        catch (InvalidDataException)
        {
            return answer with { Failure = ApiAnswer.Garbled };
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return answer with { Failure = ApiAnswer.Disconnected };
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private HttpClient Client(string apiId) => _clients.GetOrAdd(apiId, static _ => NewClient());

    private static HttpClient NewClient() => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // a changed DNS entry is noticed
            MaxResponseHeadersLength = 32, // KiB
        })
    {
        Timeout = Timeout.InfiniteTimeSpan, // each call has its API's own, which counts the body as well
    };

    private static bool IsJson(string? mediaType) => mediaType is not null
        && (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    // Put together as text: resolving "a:b" against a base address would take it for another address.
    private static HttpRequestMessage Request(ApiOptions api, string path, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{api.BaseAddress!.AbsoluteUri.TrimEnd('/')}/{path.TrimStart('/')}");
        request.Headers.Add("User-Agent", UserAgent);
        request.Headers.Add("Accept", "application/json");
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (api.ApiKey.Length > 0)
            request.Headers.Add(api.ApiKeyHeader, api.ApiKey);
        return request;
    }
}
