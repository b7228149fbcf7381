namespace ApiPoc.ExternalApi.Surveys;

/// <summary>The body of an answer about a resource, in the shape of the original's.</summary>
/// <param name="Data">The resource; empty when refused.</param>
/// <param name="Quota">The addressed level's limit, in calls per window.</param>
/// <param name="StatusCode">As the status line has it.</param>
/// <param name="QuotaExceeded">True when refused, else absent.</param>
/// <param name="Message">For people.</param>
internal sealed record SurveyAnswer(object Data, long? Quota, int StatusCode, bool? QuotaExceeded, IReadOnlyList<string> Message);
