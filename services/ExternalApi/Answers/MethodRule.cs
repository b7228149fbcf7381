namespace ApiPoc.ExternalApi.Answers;

/// <summary>Everything is read by GET; only the keys can be deleted, and Development's switches set.</summary>
internal static class MethodRule
{
    /// <summary>Answers 405 to any other verb, whatever the path.</summary>
    public static async Task EnforceAsync(HttpContext context, RequestDelegate next)
    {
        string[] allowed = AllowedAt(context.Request.Path);
        if (allowed.Contains(context.Request.Method))
        {
            await next(context);
            return;
        }

        context.Response.Headers.Allow = string.Join(", ", allowed);
        string tried = context.Request.Method;
        await new StatusAnswer(405, $"HTTP method '{tried}' is not a supported method.  Try {allowed[0]}").ExecuteAsync(context);
    }

    private static string[] AllowedAt(PathString path) =>
        path.StartsWithSegments("/admin", StringComparison.Ordinal) ? ["GET", "PUT", "DELETE"]
        : path == "/keys" ? ["GET", "DELETE"]
        : ["GET"];
}
