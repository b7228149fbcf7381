using System.Runtime.InteropServices;
using ApiPoc.Domain.Throttling;
using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Authorizers;
using ApiPoc.Gateway.Caching;
using ApiPoc.Gateway.Deployments;
using ApiPoc.Gateway.Integrations;
using ApiPoc.Gateway.Responses;
using ApiPoc.Gateway.Routing;

namespace ApiPoc.Gateway.Pipeline;

/// <summary>One request on its way through the pipeline: what each step found out, for the steps after it.</summary>
/// <param name="http">The request and its response.</param>
/// <param name="deployment">The deployment in force when it came in; it stays the call's own.</param>
/// <param name="startedAt">When it came in, as a timestamp of the clock.</param>
internal sealed class GatewayCall(HttpContext http, Deployment deployment, long startedAt) : IDisposable
{
    private readonly Guid _requestId = Guid.NewGuid();
    private CancellationTokenSource? _timeout;
    private CancellationTokenRegistration _abortion;

    public HttpContext Http { get; } = http;

    public Deployment Deployment { get; } = deployment;

    public long StartedAt { get; } = startedAt;

    public HttpRequest Request => Http.Request;

    public HttpResponse Response => Http.Response;

    public CancellationToken Aborted => Http.RequestAborted;

    public ErrorMatrix Errors => Deployment.Errors;

    /// <summary>The id in <c>x-amzn-RequestId</c>.</summary>
    public string RequestId => field ??= _requestId.ToString();

    /// <summary>The opaque id in <c>x-amz-apigw-id</c>: 11 bytes in base 64, which is why it ends in <c>=</c>.</summary>
    public string GatewayId => Convert.ToBase64String(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in _requestId))[..11]);

    /// <summary>The path within the stage in its one spelling (<see cref="CanonicalPath"/>), beginning with a slash.</summary>
    public string Path { get; set; } = "/";

    public DeployedStage? Stage { get; set; }

    public DeployedMethod? Method { get; set; }

    /// <summary>The path parameters, as the caller wrote them.</summary>
    public PathParameters Parameters { get; set; }

    /// <summary>What the authorizer said, when there is one.</summary>
    public AuthorizerVerdict? Verdict { get; set; }

    /// <summary>The caller's key and plan, when the method needs them.</summary>
    public KeyAccess? Access { get; set; }

    /// <summary>What the limits said; null when there was none or it could not be asked.</summary>
    public AdmissionDecision? Decision { get; set; }

    /// <summary>The request's body, when a step has read it; see <see cref="ReadBodyAsync"/>.</summary>
    public ReadOnlyMemory<byte>? Body { get; private set; }

    /// <summary>What people are told beside <see cref="Error"/>, where the stage tells more than AWS.</summary>
    public string? Detail { get; set; }

    /// <summary>Whether the caller makes the cache fetch anew; see <see cref="CacheControlStep"/>.</summary>
    public bool IsInvalidation { get; set; }

    /// <summary>Whether the cache had the answer; null when it was not asked.</summary>
    public bool? IsCacheHit { get; set; }

    /// <summary>Keeps the answer in the cache; set by a miss.</summary>
    public CacheFill? CacheFill { get; set; }

    /// <summary>What the call holds until it has been answered.</summary>
    public IDisposable? Lease { get; set; }

    /// <summary>How long the back end took until its answer's headers; null when it was not asked.</summary>
    public TimeSpan? IntegrationLatency { get; set; }

    /// <summary>The row of the error matrix answered; null for a normal answer.</summary>
    public GatewayError? Error { get; set; }

    /// <summary>Ends with the back end's time or the caller's patience, once <see cref="StartTimeout"/> was called.</summary>
    public CancellationToken TimeoutToken => _timeout?.Token ?? Aborted;

    /// <summary>Gives the back end <paramref name="time"/> from now, its answer's body included.</summary>
    public CancellationToken StartTimeout(TimeSpan time, TimeProvider clock)
    {
        _timeout = new CancellationTokenSource(time, clock);
        _abortion = Aborted.UnsafeRegister(static timeout => ((CancellationTokenSource)timeout!).Cancel(), _timeout);
        return _timeout.Token;
    }

    /// <summary>Reads the request's body, once; the server bounds its length.</summary>
    /// <exception cref="BadHttpRequestException">It is too long, came too slowly, or broke off.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        if (Body is { } known)
            return known;
        Body = (await BoundedBody.ReadAsync(Request.Body, int.MaxValue - 1, Aborted))!.Value;
        return Body.Value;
    }

    /// <summary>Gives back what the call holds.</summary>
    public void Dispose()
    {
        _abortion.Dispose();
        _timeout?.Dispose();
        CacheFill?.Dispose();
        Lease?.Dispose();
    }

    /// <summary>A refusal by <paramref name="error"/>.</summary>
    public static ValueTask<IGatewayAnswer?> Refuse(GatewayError error) => new(new Refusal(error));

    /// <summary>Going on.</summary>
    public static ValueTask<IGatewayAnswer?> GoOn => default;
}
