namespace ApiPoc.Gateway.Control.Import;

/// <summary>A row of a key file that can be imported as far as the file alone tells.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Name">The name; 1 to 1024 characters.</param>
/// <param name="Value">The key; 20 to 128 visible ASCII characters. A secret.</param>
/// <param name="Description">What it is for.</param>
/// <param name="IsEnabled">Whether it opens anything.</param>
/// <param name="UsagePlanIds">The plans it joins.</param>
internal sealed record KeyRow(int Line, string Name, string Value, string Description, bool IsEnabled, IReadOnlyList<string> UsagePlanIds)
{
    /// <summary>The row without its secret.</summary>
    public override string ToString() => $"line {Line}";
}
