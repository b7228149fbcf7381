namespace ApiPoc.Domain.Jobs;

/// <summary>What the ledger knows of a job.</summary>
/// <param name="Standing">Where it stands.</param>
/// <param name="Attempts">Attempts counted.</param>
/// <param name="LastStatus">The HTTP status that the last failure noted, if any.</param>
/// <param name="LastReason">The reason it noted; empty when none did.</param>
/// <param name="BusyFor">Under way: how long until the attempt's lease ends.</param>
public sealed record JobRecord(JobStanding Standing, int Attempts, int? LastStatus, string LastReason, TimeSpan BusyFor);

/// <summary>Where a job stands in the ledger.</summary>
public enum JobStanding
{
    /// <summary>No attempt has begun, or it was long ago.</summary>
    Unknown,

    /// <summary>It was attempted, and may be again.</summary>
    Open,

    /// <summary>An attempt is under way.</summary>
    UnderWay,

    /// <summary>Its result is recorded.</summary>
    Completed,

    /// <summary>It was given up.</summary>
    GivenUp,
}
