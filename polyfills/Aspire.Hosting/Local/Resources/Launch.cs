namespace Aspire.Hosting.Local.Resources;

/// <summary>A process about to start; <see cref="Environment"/> is what the model adds to the AppHost's own environment.</summary>
internal sealed record Launch(
    string Command,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment)
{
    public string CommandLine => string.Join(' ', Arguments.Prepend(Command));
}
