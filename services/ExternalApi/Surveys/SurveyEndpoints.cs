using ApiPoc.Domain.Quotas;
using ApiPoc.ExternalApi.Answers;
using ApiPoc.ExternalApi.Faults;
using ApiPoc.ExternalApi.Quotas;
using ApiPoc.ExternalApi.Throttling;
using Microsoft.AspNetCore.Http.Features;

namespace ApiPoc.ExternalApi.Surveys;

/// <summary>The resources that people call this API for.</summary>
internal static class SurveyEndpoints
{
    public static void MapSurveys(this IEndpointRouteBuilder routes)
    {
        routes.Map("/survey", ReadAsync);
        routes.Map("/survey/{survey}", ReadAsync);
        routes.Map("/survey/{survey}/interview", ReadAsync);
        routes.Map("/survey/{survey}/interview/{interview}", ReadAsync);
        routes.Map("/survey/{survey}/interview/{interview}/attachment", ReadAsync);
        routes.Map("/survey/{survey}/interview/{interview}/attachment/{attachment}", ReadAsync);
        routes.Map("{**path}", NoSuchPath);
    }

    private static async Task<IResult> ReadAsync(HttpContext context, QuotaCheck quotas, FaultInjection faults)
    {
        if (ResourcePath.Parse(PathAsSent(context)) is not { } path)
            return NoSuchPath(context);
        if (Paging.Parse(context.Request.Query, out string badQuery) is not { } paging)
            return new StatusAnswer(400, badQuery);
        if (ApiKeyHeader.Read(context.Request, out string badKey) is not { } apiKey)
            return new StatusAnswer(400, badKey);

        var quota = await quotas.ChargeAsync(path, apiKey, context.RequestAborted);
        await faults.DelayAsync(context.RequestAborted);
        RateLimitHeaders.Write(context.Response.Headers, quota);
        if (!quota.Decision.IsAdmitted)
            return ThrottlingResponse.Of(quota, path);
        return await faults.InsteadOfAnswerAsync(context)
            ?? TypedResults.Ok(new SurveyAnswer(
                SurveyData.At(path, paging), quota.AddressedQuota, 200, null, [$"Hello, ApiPoc!  You have hit {path}\n"]));
    }

    private static StatusAnswer NoSuchPath(HttpContext context) =>
        new(400, $"'{Shorten(PathAsSent(context))}' is not a valid resource path.  Try {ResourcePath.Example}");

    // The server unescapes and collapses paths; what counts against a quota is what was sent.
    private static string PathAsSent(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.StartsWith('/') ? target.Split('?')[0] : context.Request.Path.Value ?? "";
    }

    private static string Shorten(string path) => path.Length <= 200 ? path : $"{path[..200]}…";
}
