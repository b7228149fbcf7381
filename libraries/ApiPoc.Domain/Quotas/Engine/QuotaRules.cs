namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>How the state of an API's quota changes: by asking, by reports, by returns, by time. Pure; times in µs of the store's clock.</summary>
/// <param name="scopes">For each declared limit, which resources charge it.</param>
/// <param name="weights">Tenants' weights; 1 where none is given.</param>
public sealed class QuotaRules(IReadOnlyList<ResourcePattern> scopes, IReadOnlyDictionary<string, double> weights)
{
    /// <summary>How far ahead a permit's moment may lie (µs): jobs travel to workers meanwhile.</summary>
    public const long Horizon = 250_000;

    /// <summary>Nothing is asked again sooner (µs), however fast the API answers.</summary>
    public const long ShortestWait = 2_000;

    /// <summary>So long after its moment (µs) a call is sent, or not at all: later it belongs to windows it was not granted for.</summary>
    public const long SendWithin = 1_000_000;

    /// <summary>How long after its moment an unreported permit is taken for used at the most (µs): sooner after twenty times what calls take.</summary>
    public const long PermitLife = 30_000_000;

    /// <summary>And how long at the least (µs).</summary>
    public const long ShortestPermitLife = 10_000_000;

    /// <summary>So many calls are answered before the shortest time a call takes is believed.</summary>
    public const long FirstAnswers = 20;

    /// <summary>Of so many answers the calls may have left a <see cref="Punctual"/> later than their processes believe: these are young.</summary>
    public const long YoungAnswers = 100;

    /// <summary>A call that leaves so long after its moment (µs) at most was not hindered.</summary>
    public const long Punctual = 5_000;

    /// <summary>How long after its moment a call is answered, as a rule (µs): one that is not, while others sent so much later are, is lost.</summary>
    /// <param name="latency">How long a call usually takes (µs).</param>
    public static long AnsweredWithin(long latency) => SendWithin + LongestCall(latency);

    private static long LongestCall(long latency) => Math.Min(20 * latency, PermitLife);

    /// <summary>Grants what the limits allow now and within the horizon.</summary>
    public QuotaAnswer Ask(QuotaState state, IReadOnlyList<PermitRequest> requests, long now)
    {
        Expire(state, now);
        var grants = new List<QuotaGrant>();
        var waits = new List<QuotaWait>();
        var kept = new KeptPlaces(state, now);
        state.Shares.Advance(now, window: state.Limits.Where(limit => limit.Tenant is null).Min(limit => limit.Period));
        foreach (var index in Order(state, requests))
        {
            var tenant = requests[index].Tenant;
            var slots = SlotsOf(state, requests[index], kept, now);
            if (WaitOf(state, index, tenant, slots, now) is { } wait)
            {
                waits.Add(wait);
                kept.Keep(tenant, slots);
                continue;
            }

            grants.Add(Grant(state, index, tenant, slots, now));
            state.Shares.Granted(tenant, weights);
        }

        if (waits.Count == 0) state.Limits.ForEach(RateLearner.NobodyWaits);
        return QuotaAnswer.Of(grants, waits, now, state.Latency);
    }

    /// <summary>What a request waits for: of several limits the one that will let it go last; null when it need not wait.</summary>
    private static QuotaWait? WaitOf(QuotaState state, int request, string tenant, List<(int Index, LimitPacer.Slot Slot)> slots, long now)
    {
        if (state.ClosingOf(tenant) is var closing && closing.Until > now + Horizon)
            return new QuotaWait(request, closing.By, closing.Until - Horizon, closing.IsTenantsOwn);
        var blocked = slots.FindAll(entry => entry.Slot.Moment is null);
        if (blocked.Count == 0) return null;
        var (limit, slot) = blocked.MaxBy(entry => entry.Slot.AskAgainAt ?? 0);
        return new QuotaWait(request, slot.WaitingFor, slot.AskAgainAt, state.Limits[limit].Tenant is not null);
    }

    /// <summary>Learns from a call.</summary>
    /// <returns>For whom the API is closed and until when, if the call closed it.</returns>
    public static KeyClosing? Report(QuotaState state, QuotaReport report)
    {
        if (!state.Outstanding.Remove(report.PermitId, out var permit)) return null;
        if (report.Status is null)
        {
            // No answer: the API may have counted it at any time until now.
            foreach (var charge in permit.Charges) LimitLearner.Lost(state.Limits[charge.Limit], charge, report.AnsweredAt);
            return null;
        }

        state.HeardOf = Math.Max(state.HeardOf, report.SentAt);
        if (report.Status is 429) return Refused(state, permit, report);

        // What left before the end may have been counted before the beginning.
        if (permit.Moment >= state.ClosedUntil) state.Closing = null;
        var countedAt = CountedAt(state, permit.Moment, report);
        foreach (var charge in permit.Charges)
            LimitLearner.Accepted(state.Limits[charge.Limit], charge, report.SentAt, countedAt, report.AnsweredAt);
        HeaderLearner.Learn([.. permit.Charges.Select(charge => (state.Limits[charge.Limit], charge))], report.Headers, countedAt, report.AnsweredAt);
        return null;
    }

    /// <summary>
    /// When the API counted an accepted call. Most count it on arrival, so that is shortly after it was sent. Where the call took unusually
    /// long, it may have arrived late by as much, or, as its work may have been short, by more: twice that is believed. Where its process was
    /// so busy that it left late, only the way back is known to have taken at least the shortest time.
    /// </summary>
    private static long CountedAt(QuotaState state, long moment, QuotaReport report)
    {
        var took = report.AnsweredAt - report.SentAt;
        var unusual = took - state.Latency - (2 * state.LatencyDeviation);
        state.ShortestLatency = Math.Min(took, state.ShortestLatency == long.MaxValue ? took : state.ShortestLatency + (state.ShortestLatency / 1024));
        state.LatencyDeviation += (Math.Abs(took - state.Latency) - state.LatencyDeviation) / 4;
        state.Latency += (took - state.Latency) / 8;
        // At first every call may be slow, and nothing tells how fast one can be; a search takes its times for bounds.
        if (++state.Answered <= FirstAnswers || state.Limits.Exists(limit => limit.Search is not null)) return report.AnsweredAt;
        var latest = Math.Max(report.SentAt, report.AnsweredAt - state.ShortestLatency);
        if (report.SentAt - moment > Punctual) return latest;
        return Math.Min(latest, report.SentAt + Math.Max(state.Answered <= YoungAnswers ? Punctual : 0, 2 * unusual));
    }

    /// <summary>Takes back a permit whose call was not sent.</summary>
    public static void Return(QuotaState state, long permitId)
    {
        if (!state.Outstanding.Remove(permitId, out var permit)) return;
        foreach (var charge in permit.Charges) LimitLearner.Returned(state.Limits[charge.Limit], charge);
    }

    private static KeyClosing? Refused(QuotaState state, OutstandingPermit permit, QuotaReport report)
    {
        var retryAfter = report.Headers.RetryAfter?.Ticks / TimeSpan.TicksPerMicrosecond;
        // For a limit nobody has declared; nothing is known of it.
        if (permit.Charges.Count == 0) return state.Close(null, "no declared limit", report.AnsweredAt, report.AnsweredAt + (retryAfter ?? LimitState.WholeSecond));
        var blamed = permit.Charges.MinBy(charge => Headroom(state.Limits[charge.Limit], charge));
        NoteEarly(state, permit, blamed);
        foreach (var charge in permit.Charges.Where(charge => charge != blamed)) LimitLearner.Returned(state.Limits[charge.Limit], charge);
        var limit = state.Limits[blamed.Limit];
        var until = RefusalLearner.Refused(limit, blamed, permit.Moment, report.AnsweredAt, retryAfter);
        return until > report.AnsweredAt ? state.Close(limit.Tenant, limit.Name, report.AnsweredAt, until) : null;
    }

    /// <summary>Where none of a call's windows has let any call through, none of them may have opened, whichever it is blamed on.</summary>
    private static void NoteEarly(QuotaState state, OutstandingPermit permit, LimitCharge blamed)
    {
        var windows = permit.Charges.ConvertAll(charge => state.Limits[charge.Limit].Window.Find(charge.Window));
        if (!windows.TrueForAll(window => window is { Accepted: 0 })) return;
        foreach (var (charge, window) in permit.Charges.Zip(windows)) window!.IsEarly |= charge.Ordinal == 1 && charge != blamed;
    }

    /// <summary>
    /// Which part of a limit was left, as far as is known. A tenant's own is suspected first, unless half as much more is left of it: wrongly suspected it costs that
    /// tenant a little, and the next who is refused is somebody else; everybody's, wrongly suspected, holds all of them back.
    /// </summary>
    private static double Headroom(LimitState limit, LimitCharge charge) => charge.Purpose is not PermitPurpose.Use
        ? double.NegativeInfinity
        : (limit.Tenant is null ? 0 : -0.5)
            + ((limit.Size - Math.Max(limit.Window.Find(charge.Window)?.Granted ?? 0, limit.Log.InFlight + limit.Log.Cooling)) / (double)limit.Size);

    /// <summary>Fair between tenants; within a tenant the jobs that charge most limits first, for those have the fewest chances.</summary>
    private IEnumerable<int> Order(QuotaState state, IReadOnlyList<PermitRequest> requests)
    {
        List<int> eager = [.. Enumerable.Range(0, requests.Count).OrderByDescending(index => ChargedBy(state, requests[index]).Count())];
        return state.Shares.Order(eager.ConvertAll(index => requests[index].Tenant), weights).Select(place => eager[place]);
    }

    private List<(int Index, LimitPacer.Slot Slot)> SlotsOf(QuotaState state, PermitRequest request, KeptPlaces kept, long now) =>
        [.. ChargedBy(state, request).Select(index => (index, LimitPacer.Next(state.Limits[index], now, state.Latency, kept[index])))];

    private IEnumerable<int> ChargedBy(QuotaState state, PermitRequest request) => Enumerable.Range(0, state.Limits.Count).Where(index =>
        (state.Limits[index].Tenant is not { } tenant || tenant == request.Tenant) && (index >= scopes.Count || scopes[index].Matches(request.Resource)));

    private static QuotaGrant Grant(QuotaState state, int request, string tenant, List<(int Index, LimitPacer.Slot Slot)> slots, long now)
    {
        var moment = Math.Max(state.ClosingOf(tenant).Until, slots.Select(entry => entry.Slot.Moment!.Value).DefaultIfEmpty(now).Max());
        var id = ++state.LastPermit;
        var charges = slots.ConvertAll(entry => LimitPacer.Take(state.Limits[entry.Index], entry.Index, entry.Slot, moment));
        state.Outstanding.Add(id, new OutstandingPermit { Id = id, Charges = charges, Moment = moment, ExpiresAt = moment + Math.Max(LongestCall(state.Latency), ShortestPermitLife) });
        return new QuotaGrant(id, request, moment);
    }

    private static void Expire(QuotaState state, long now)
    {
        var lost = state.HeardOf - AnsweredWithin(state.Latency);
        foreach (var permit in state.Outstanding.Values.Where(permit => permit.ExpiresAt <= now || permit.Moment <= lost).ToList())
            Report(state, new QuotaReport(permit.Id, permit.Moment, permit.Moment <= lost ? permit.Moment + SendWithin + state.Latency : permit.ExpiresAt, null, QuotaHeaders.None));
        foreach (var over in state.ClosedTenants.Where(closed => closed.Value.Until <= now).ToList()) state.ClosedTenants.Remove(over.Key);
    }
}

/// <summary>What a permitted call taught.</summary>
/// <param name="PermitId">The permit.</param>
/// <param name="SentAt">When it was sent (µs).</param>
/// <param name="AnsweredAt">When its answer arrived (µs).</param>
/// <param name="Status">The HTTP status; null without answer.</param>
/// <param name="Headers">What the headers said.</param>
public sealed record QuotaReport(long PermitId, long SentAt, long AnsweredAt, int? Status, QuotaHeaders Headers);
