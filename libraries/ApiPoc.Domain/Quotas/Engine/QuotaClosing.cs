namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// A closing of an API by 429s, from the first until a call that left after the end is accepted: those between prolong it and are no other. One that
/// nobody tried out for as long as it lasted is over as well. Times in µs of the store's clock.
/// </summary>
/// <param name="Since">When its first 429 was answered.</param>
/// <param name="Limit">The limit its last 429 was blamed on.</param>
/// <param name="Length">For how long nothing was or is to be sent, each moment counted once.</param>
/// <param name="Refusals">Its 429s so far.</param>
/// <param name="IsTold">Whether it was long enough to be told of.</param>
public sealed record QuotaClosing(long Since, string Limit, long Length, long Refusals, bool IsTold)
{
    /// <summary>Why nothing is sent, for people.</summary>
    /// <param name="limit">The limit blamed.</param>
    public static string ReasonOf(string limit) => $"{limit}: closed by 429";

    /// <summary>The closing after a 429.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="limit">The limit blamed.</param>
    /// <param name="answeredAt">When it was answered.</param>
    /// <param name="until">Until when it closes the API.</param>
    public static QuotaClosing Refused(QuotaState state, string limit, long answeredAt, long until) =>
        state.Closing is { } standing && answeredAt - state.ClosedUntil <= standing.Length
            ? standing with
            {
                Limit = limit,
                Length = standing.Length + Math.Max(0, until - Math.Max(answeredAt, state.ClosedUntil)),
                Refusals = standing.Refusals + 1,
            }
            : new(answeredAt, limit, Math.Max(until, state.ClosedUntil) - answeredAt, 1, false);

    /// <summary>What a report has made of an API's closing. One that has become long enough to be told of is marked, so that nobody else tells of it.</summary>
    /// <param name="before">The closing before the report.</param>
    /// <param name="state">The state after it.</param>
    /// <param name="toldFrom">The length from which a closing is told of.</param>
    public static IReadOnlyList<ClosingChange> Follow(QuotaClosing? before, QuotaState state, long toldFrom)
    {
        List<ClosingChange> changes = [];
        var isNew = state.Closing?.Since != before?.Since;
        if (isNew && before is not null)
            changes.Add(new(before, state.ClosedUntil, IsNew: false, IsOver: true));
        if (state.Closing is not { } closing)
            return changes;

        var isToldNow = !closing.IsTold && closing.Length >= toldFrom;
        if (isToldNow)
            state.Closing = closing = closing with { IsTold = true };
        if (isNew || isToldNow)
            changes.Add(new(closing, state.ClosedUntil, isNew, IsOver: false));
        return changes;
    }
}

/// <summary>That an API's closing began, has become long enough to be told of, or is over.</summary>
/// <param name="Closing">The closing.</param>
/// <param name="Until">Until when nothing is or was to be sent.</param>
/// <param name="IsNew">Whether it began.</param>
/// <param name="IsOver">Whether it is over.</param>
public sealed record ClosingChange(QuotaClosing Closing, long Until, bool IsNew, bool IsOver);
