namespace ApiPoc.Gateway;

/// <summary>
/// The time-out of the definition's regular expressions. They take time in proportion to their input, so only a process that gets no
/// processor meets it: with a short one a busy machine would refuse to start with a good definition, or to take a good change of it.
/// </summary>
internal static class PatternTimeout
{
    public const int Milliseconds = 30_000;
}
