using System.Net.Http.Headers;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Validation;

/// <summary>What a method demands of a request: parameters, a media type, a model.</summary>
internal sealed class RequestValidator
{
    private readonly RequestValue[] _required;
    private readonly List<string> _mediaTypes;
    private readonly JsonModel? _model;

    private RequestValidator(MethodDefinition method, JsonModel? model)
    {
        _required = [.. method.RequestParameters.Where(parameter => parameter.Value).Select(parameter => RequestValue.Parse(parameter.Key))];
        _mediaTypes = method.Consumes;
        _model = model;
    }

    /// <summary>The validator of a method; null when it demands nothing.</summary>
    public static RequestValidator? Of(MethodDefinition method, RestApiDefinition api)
    {
        var model = method.RequestModel is { } name ? JsonModel.Compile(api.Models[name]) : null;
        var validator = new RequestValidator(method, model);
        return validator._required.Length == 0 && validator._mediaTypes.Count == 0 && model is null ? null : validator;
    }

    /// <summary>Checks <paramref name="call"/>.</summary>
    /// <returns>The row of the error matrix; null when all is well.</returns>
    public async ValueTask<GatewayError?> CheckAsync(GatewayCall call)
    {
        string[] missing = [.. _required.Where(value => string.IsNullOrEmpty(value.Of(call))).Select(value => value.Name)];
        if (missing.Length > 0)
            return ErrorMatrix.MissingParameters(missing);
        if (_mediaTypes.Count > 0 && !_mediaTypes.Contains(MediaTypeOf(call), StringComparer.OrdinalIgnoreCase))
            return call.Errors.UnsupportedMediaType;
        if (_model is null)
            return null;
        call.Detail = JsonBody.Fault(await call.ReadBodyAsync(), _model);
        return call.Detail is null ? null : call.Errors.InvalidRequestBody;
    }

    private static string MediaTypeOf(GatewayCall call) =>
        MediaTypeHeaderValue.TryParse(call.Request.ContentType, out var type) ? type.MediaType ?? "" : "";
}
