namespace ApiPoc.ExternalApi.Answers;

/// <summary>The body of every answer that carries no data: <c>{"status_code":400,"message":"…"}</c>.</summary>
internal sealed record StatusAnswer(int StatusCode, string Message) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCode;
        return httpContext.Response.WriteAsJsonAsync(this, httpContext.RequestAborted);
    }
}
