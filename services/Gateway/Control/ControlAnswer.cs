namespace ApiPoc.Gateway.Control;

/// <summary>What an operation answers when it succeeds.</summary>
internal static class ControlAnswer
{
    /// <summary>200 with what was asked for or changed.</summary>
    public static IResult Ok<T>(T document) => Results.Json(document, ControlJson.Options);

    /// <summary>201 with what was created.</summary>
    public static IResult Created<T>(T document) => Results.Json(document, ControlJson.Options, statusCode: StatusCodes.Status201Created);

    /// <summary>202 without a body, for what was deleted.</summary>
    public static IResult Accepted() => Results.StatusCode(StatusCodes.Status202Accepted);

    /// <summary>204, for what was tagged.</summary>
    public static IResult NoContent() => Results.NoContent();
}
