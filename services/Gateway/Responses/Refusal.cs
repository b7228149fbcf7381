using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Responses;

/// <summary>An answer of the error matrix, shaped as AWS does, or as problem details for those who accept them in an extended stage.</summary>
/// <param name="Error">The row.</param>
internal sealed record Refusal(GatewayError Error) : IGatewayAnswer
{
    private const string ErrorTypeHeader = "x-amzn-ErrorType";

    /// <inheritdoc/>
    public ValueTask WriteAsync(GatewayCall call)
    {
        call.Error = Error;
        var response = call.Response;
        response.StatusCode = Error.Status;
        response.Headers[ErrorTypeHeader] = Error.ErrorType;
        if (call.Stage is { IsExtended: true } && ProblemDocument.IsAccepted(call.Request))
            return ProblemDocument.WriteAsync(call, Error);
        response.ContentType = "application/json";
        response.ContentLength = Error.Body.Length;
        return HttpMethods.IsHead(call.Request.Method) ? default : new ValueTask(response.Body.WriteAsync(Error.Body, call.Aborted).AsTask());
    }
}
