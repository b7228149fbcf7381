namespace ApiPoc.Gateway.Registry;

/// <summary>A change of the registry that cannot be made; nothing was changed.</summary>
internal sealed class RegistryException(RegistryProblem problem, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What kind of problem it is.</summary>
    public RegistryProblem Problem { get; } = problem;
}

/// <summary>Why a change cannot be made.</summary>
internal enum RegistryProblem
{
    /// <summary>The thing to change does not exist.</summary>
    NotFound,

    /// <summary>It contradicts what exists.</summary>
    Conflict,

    /// <summary>Something still depends on it.</summary>
    InUse,

    /// <summary>It would exceed a limit of the account.</summary>
    LimitExceeded,

    /// <summary>Redis cannot be reached, or others write all the time: later it may be possible.</summary>
    Unavailable,
}
