namespace ApiPoc.Gateway.Control.Tags;

/// <summary>AWS's limits on tags.</summary>
internal static class TagLimits
{
    private const int MaximumCount = 50;
    private const int MaximumNameLength = 128;
    private const int MaximumValueLength = 256;

    /// <summary>Gives <paramref name="tags"/> back when they are within the limits.</summary>
    /// <exception cref="ControlException">They are not.</exception>
    public static Dictionary<string, string>? Checked(Dictionary<string, string>? tags)
    {
        if (tags?.Count > MaximumCount)
            throw new ControlException(ControlError.BadRequest($"tags: {tags.Count}: at most {MaximumCount}"));
        foreach (var (name, value) in tags ?? [])
        {
            if (name.Length is < 1 or > MaximumNameLength || value is null || value.Length > MaximumValueLength)
                throw new ControlException(ControlError.BadRequest($"tags: a name has 1 to {MaximumNameLength} characters, a value at most {MaximumValueLength}"));
        }
        return tags;
    }
}
