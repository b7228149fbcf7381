namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command that is an HTTP request to the resource.</summary>
public class HttpCommandOptions : CommandOptions
{
    public Func<EndpointReference>? EndpointSelector { get; set; }

    /// <summary>POST unless said otherwise.</summary>
    public HttpMethod? Method { get; set; }

    public string? HttpClientName { get; set; }

    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }

    public HttpCommandResultMode ResultMode { get; set; }
}

/// <summary>What of the response is shown as the command's result.</summary>
public enum HttpCommandResultMode
{
    None,
    Auto,
    Json,
    Text,
}

/// <summary>The request about to be sent.</summary>
public sealed class HttpCommandRequestContext
{
    public required IServiceProvider Services { get; init; }

    public required string ResourceName { get; init; }

    public required EndpointReference Endpoint { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public required HttpClient HttpClient { get; init; }

    public required HttpRequestMessage Request { get; init; }
}

/// <summary>The response received.</summary>
public sealed class HttpCommandResultContext
{
    public required IServiceProvider Services { get; init; }

    public required string ResourceName { get; init; }

    public required EndpointReference Endpoint { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public required HttpClient HttpClient { get; init; }

    public required HttpResponseMessage Response { get; init; }
}
