namespace ApiPoc.Gateway.Definitions;

/// <summary>The choices where AWS documents nothing or sources conflict, one option per row of docs/undocumented-behaviour.md.</summary>
internal sealed record BehaviourDefinition
{
    /// <summary>The member that carries an authorizer's refusal: <c>Message</c> (default) or <c>message</c>.</summary>
    public string AccessDeniedMember { get; init; } = "Message";

    /// <summary>Text appended to an explicit deny, e.g. <c> in an identity-based policy</c>; default none.</summary>
    public string ExplicitDenySuffix { get; init; } = "";

    /// <summary>The <c>x-amzn-ErrorType</c> of a firewall block; default <c>ForbiddenException</c>.</summary>
    public string FirewallErrorType { get; init; } = "ForbiddenException";

    /// <summary>The message of a forbidden <c>max-age=0</c>; default <c>Forbidden</c>.</summary>
    public string CacheInvalidationMessage { get; init; } = "Forbidden";

    /// <summary>The <c>Warning</c> of an ignored <c>max-age=0</c>.</summary>
    public string CacheControlWarning { get; init; } = "199 Cache-control headers were ignored because the caller was unauthorized.";

    /// <summary>The message of a back end's time-out; default <c>Endpoint request timed out</c>.</summary>
    public string IntegrationTimeoutMessage { get; init; } = "Endpoint request timed out";

    /// <summary>The message of a back end that cannot be reached; default <c>Internal server error</c>.</summary>
    public string IntegrationFailureMessage { get; init; } = "Internal server error";

    /// <summary>Whether a used-up quota is named before an empty bucket when both refuse; default false.</summary>
    public bool QuotaBeforeThrottles { get; init; }

    /// <summary>Whether answers other than 2xx are cached; default true, as users of AWS report.</summary>
    public bool CacheErrors { get; init; } = true;

    /// <summary>The first day of a quota's week; default Sunday.</summary>
    public DayOfWeek QuotaWeekStart { get; init; } = DayOfWeek.Sunday;

    /// <summary>The zone in which quota periods begin: whole minutes within ±14 h of UTC; default 0.</summary>
    public TimeSpan QuotaUtcOffset { get; init; }
}
