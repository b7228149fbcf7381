using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Integrations;

/// <summary>Answers by itself, after the delay it is configured with or, where that is allowed, asked for.</summary>
internal sealed class MockIntegration : IIntegration
{
    private const string RequestIdMark = "$context.requestId";
    private const int LongestDelayMilliseconds = 30_000;
    private readonly MockIntegrationDefinition _definition;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<KeyValuePair<string, StringValues>> _headers;
    private readonly BufferedAnswer? _always;

    /// <summary>Takes the definition.</summary>
    public MockIntegration(IntegrationDefinition definition, TimeProvider clock)
    {
        _definition = definition.Mock!;
        _timeout = definition.Timeout;
        _clock = clock;
        _headers =
        [
            new("Content-Type", _definition.ContentType),
            .. _definition.Headers.Select(header => new KeyValuePair<string, StringValues>(header.Key, header.Value)),
        ];
        bool varies = PathTemplate.ParametersOf(_definition.Body).Any() || _definition.Body.Contains(RequestIdMark, StringComparison.Ordinal);
        _always = varies ? null : new BufferedAnswer(_definition.Status, _headers, Encoding.UTF8.GetBytes(_definition.Body));
    }

    /// <inheritdoc/>
    public async ValueTask<IGatewayAnswer> InvokeAsync(GatewayCall call)
    {
        var delay = DelayOf(call);
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, _clock, call.StartTimeout(_timeout, _clock));
        return _always ?? new BufferedAnswer(_definition.Status, _headers, Encoding.UTF8.GetBytes(BodyFor(call)));
    }

    private string BodyFor(GatewayCall call)
    {
        // A value goes into JSON as JSON text, else a caller could write the answer's members.
        var values = call.Parameters.ToDictionary().ToDictionary(value => value.Key, value => JsonEncodedText.Encode(value.Value ?? "").ToString(), StringComparer.Ordinal);
        return PathTemplate.WithParameters(_definition.Body, values).Replace(RequestIdMark, call.RequestId, StringComparison.Ordinal);
    }

    private TimeSpan DelayOf(GatewayCall call)
    {
        if (_definition.DelayParameter is not { } name || !call.Request.Query.TryGetValue(name, out var asked))
            return _definition.Delay;
        return int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, LongestDelayMilliseconds)) : _definition.Delay;
    }
}
