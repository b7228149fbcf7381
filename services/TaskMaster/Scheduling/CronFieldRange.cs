namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>What a field is called, its bounds, and the names that stand for its values from <paramref name="Min"/> on.</summary>
internal sealed record CronFieldRange(string Name, int Min, int Max, string[] Names)
{
    /// <exception cref="FormatException">The text is neither a number within the bounds nor a name.</exception>
    public int ParseValue(string text)
    {
        int named = Array.FindIndex(Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
            return Min + named;
        if (!int.TryParse(text, System.Globalization.NumberStyles.None, provider: null, out int value) || value < Min || value > Max)
            throw Error($"{(text.Length == 0 ? "nothing" : text)} is not in {Min} to {Max}{(Names.Length == 0 ? "" : $" or {Names[0]} to {Names[^1]}")}");
        return value;
    }

    /// <exception cref="FormatException">The text is not a step of this field.</exception>
    public int ParseStep(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, provider: null, out int step) && step >= 1 && step <= Max
            ? step
            : throw Error($"step {text} is not in 1 to {Max}");

    public FormatException Error(string why) => new($"{Name}: {why}");
}
