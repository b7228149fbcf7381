using ApiPoc.Domain.Jobs;

namespace ApiPoc.Simulation.Jobs;

/// <summary>
/// The rules of the job ledger's script, in memory and in virtual time (ms); a test holds the two to the same answers. The two flags plant
/// the bugs that the simulation must find.
/// </summary>
/// <param name="keep">How long a job is remembered after its last attempt (ms).</param>
/// <param name="isFenced">Whether only the newest attempt may end what is under way.</param>
/// <param name="isDeduplicated">Whether a recorded result ends the job.</param>
public sealed class LedgerTwin(long keep, bool isFenced = true, bool isDeduplicated = true)
{
    private readonly Dictionary<string, Entry> _jobs = new(StringComparer.Ordinal);

    /// <summary>Results recorded.</summary>
    public long Recorded { get; private set; }

    /// <summary>Attempts not begun, or results not recorded, because there was a result.</summary>
    public long DuplicatesRefused { get; private set; }

    /// <summary>Results not recorded because a newer attempt had begun.</summary>
    public long StaleCompletions { get; private set; }

    /// <summary>Begins an attempt, unless the job is done, given up, has failed often enough, or another attempt is under way.</summary>
    public AttemptStart Begin(string job, int most, long lease, long now)
    {
        var entry = Find(job, now) ?? new Entry();
        var (status, reason) = entry.Noted == entry.Attempts ? (entry.Status, entry.Reason) : (null, "");
        AttemptStart Answer(AttemptStartKind kind, long busyFor = 0) =>
            new(kind, entry.Fence ?? 0, entry.Attempts, status, reason, TimeSpan.FromMilliseconds(busyFor));

        if (entry.HasResult && isDeduplicated)
        {
            DuplicatesRefused++;
            return Answer(AttemptStartKind.AlreadyCompleted);
        }

        if (entry.IsGivenUp) return Answer(AttemptStartKind.GivenUp);
        var left = entry.LeaseUntil - now;
        if (left > 0 && left <= lease) return Answer(AttemptStartKind.InProgress, left);
        if (entry.Attempts >= most)
        {
            var exhausted = Answer(AttemptStartKind.GivenUp);
            GiveUp(entry);
            return exhausted;
        }

        entry.Attempts++;
        entry.Fence = (entry.Fence ?? 0) + 1;
        entry.LeaseUntil = now + lease;
        Keep(job, entry, now);
        return Answer(AttemptStartKind.Started);
    }

    /// <summary>Records a result, once, if it comes from the newest attempt.</summary>
    public Completion Complete(string job, long fence, long now)
    {
        var entry = Find(job, now) ?? new Entry();
        if (isFenced && entry.Fence is { } newest && newest != fence)
        {
            StaleCompletions++;
            return entry.HasResult ? Completion.AlreadyRecorded : Completion.Stale;
        }

        if (entry.HasResult && isDeduplicated)
        {
            DuplicatesRefused++;
            return Completion.AlreadyRecorded;
        }

        (entry.Fence, entry.HasResult, entry.LeaseUntil, entry.Noted) = (fence, true, 0, null);
        Keep(job, entry, now);
        Recorded++;
        return Completion.Recorded;
    }

    /// <summary>Ends an attempt without a result; whichever is under way, when <paramref name="fence"/> is null.</summary>
    /// <returns>Whether it was the newest.</returns>
    public bool Abandon(string job, long? fence, long now)
    {
        if (Find(job, now) is not { Fence: { } newest } entry || (isFenced && fence is { } old && old != newest)) return false;
        entry.LeaseUntil = 0;
        return true;
    }

    /// <summary>Takes an attempt back: as abandon, and it does not count.</summary>
    public bool Refund(string job, long fence, long now)
    {
        if (!Abandon(job, fence, now)) return false;
        var entry = _jobs[job];
        entry.Attempts = Math.Max(0, entry.Attempts - 1);
        return true;
    }

    /// <summary>Ends an attempt that failed: as abandon, and notes why.</summary>
    public bool Fail(string job, long fence, int? status, string reason, long now)
    {
        if (!Abandon(job, fence, now)) return false;
        var entry = _jobs[job];
        (entry.Noted, entry.Status, entry.Reason) = (entry.Attempts, status, reason);
        return true;
    }

    /// <summary>Ends an attempt that is the job's last: as fail, and gives the job up.</summary>
    public bool GiveUp(string job, long fence, int? status, string reason, long now)
    {
        if (!Fail(job, fence, status, reason, now)) return false;
        GiveUp(_jobs[job]);
        return true;
    }

    /// <summary>Lets a job that was given up be tried anew, once per redrive.</summary>
    /// <returns>Whether it had been given up.</returns>
    public bool Reopen(string job, string redrive, long now)
    {
        var entry = Find(job, now) ?? new Entry();
        if (entry.Reopened == redrive) return false;
        entry.Reopened = redrive;
        Keep(job, entry, now);
        if (!entry.IsGivenUp) return false;
        (entry.IsGivenUp, entry.Attempts, entry.Noted) = (false, 0, null);
        return true;
    }

    /// <summary>Tells where a job stands.</summary>
    public JobRecord Look(string job, long now)
    {
        if (Find(job, now) is not { Fence: not null } entry) return new(JobStanding.Unknown, 0, null, "", TimeSpan.Zero);
        var left = entry.LeaseUntil - now;
        var standing = entry.HasResult ? JobStanding.Completed : entry.IsGivenUp ? JobStanding.GivenUp : left > 0 ? JobStanding.UnderWay : JobStanding.Open;
        var busyFor = TimeSpan.FromMilliseconds(standing is JobStanding.UnderWay ? left : 0);
        return entry.Noted is null ? new(standing, entry.Attempts, null, "", busyFor) : new(standing, entry.Attempts, entry.Status, entry.Reason, busyFor);
    }

    private static void GiveUp(Entry entry)
    {
        entry.IsGivenUp = true;
        entry.Fence++;
    }

    private Entry? Find(string job, long now)
    {
        var entry = _jobs.GetValueOrDefault(job);
        if (entry is null || now <= entry.ForgottenAfter) return entry;
        _jobs.Remove(job);
        return null;
    }

    private void Keep(string job, Entry entry, long now)
    {
        entry.ForgottenAfter = now + keep;
        _jobs[job] = entry;
    }

    private sealed class Entry
    {
        public int Attempts { get; set; }

        public long? Fence { get; set; }

        public long LeaseUntil { get; set; }

        public bool HasResult { get; set; }

        public bool IsGivenUp { get; set; }

        public string? Reopened { get; set; }

        public int? Noted { get; set; }

        public int? Status { get; set; }

        public string Reason { get; set; } = "";

        public long ForgottenAfter { get; set; }
    }
}
