namespace ApiPoc.Gateway.Control;

/// <summary>An answer of the control plane that is a refusal, in the form AWS's SDKs read: the type as a header, the message as the body.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The exception's name in the SDKs, sent as <c>x-amzn-ErrorType</c>.</param>
/// <param name="Message">What is wrong; never a secret, never the request's body.</param>
internal sealed record ControlError(int Status, string Type, string Message)
{
    /// <summary>No such operation, or no such path; AWS answers so what it cannot route.</summary>
    public static ControlError MissingAuthenticationToken { get; } = new(403, "MissingAuthenticationTokenException", "Missing Authentication Token");

    /// <summary>A body larger than the server takes.</summary>
    public static ControlError RequestTooLarge { get; } = new(413, "RequestEntityTooLargeException", "Request Too Long");

    /// <summary>A body that does not come, or too slowly.</summary>
    public static ControlError RequestTimeout { get; } = new(408, "RequestTimeoutException", "Request Timeout");

    /// <summary>A fault of ours.</summary>
    public static ControlError Internal { get; } = new(500, "InternalFailure", "Internal failure");

    /// <summary>The request is wrong by itself.</summary>
    public static ControlError BadRequest(string message) => new(400, "BadRequestException", message);

    /// <summary>What it names does not exist.</summary>
    public static ControlError NotFound(string message) => new(404, "NotFoundException", message);

    /// <summary>It contradicts what exists.</summary>
    public static ControlError Conflict(string message) => new(409, "ConflictException", message);

    /// <summary>It would exceed a limit of the account.</summary>
    public static ControlError LimitExceeded(string message) => new(429, "LimitExceededException", message);

    /// <summary>It cannot be done now; SDKs try again.</summary>
    public static ControlError Unavailable(string message) => new(503, "ServiceUnavailableException", message);

    /// <summary>Sends it.</summary>
    public Task WriteAsync(HttpContext http)
    {
        http.Response.Headers["x-amzn-ErrorType"] = Type;
        if (Status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = "1";
        // What still comes of the body is not read as another request.
        if (Status == StatusCodes.Status408RequestTimeout)
            http.Response.Headers.Connection = "close";
        return ControlJson.WriteAsync(http, Status, new { Message });
    }
}

/// <summary>Ends an operation with a refusal.</summary>
internal sealed class ControlException(ControlError error) : Exception(error.Message)
{
    /// <summary>What is answered.</summary>
    public ControlError Error { get; } = error;
}
