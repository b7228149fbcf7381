using System.Text.Json;
using System.Text.RegularExpressions;

namespace ApiPoc.Architecture.Tests;

public sealed partial class SettingsTests
{
    [Fact]
    public void Services_ShowEverySectionTheyReadInAppsettings()
    {
        var complaints =
            from path in Repository.Files(".cs")
            where path.StartsWith("services/", StringComparison.Ordinal)
            from match in SectionConstant().Matches(Repository.Read(path))
            let settings = $"{string.Join('/', path.Split('/')[..2])}/appsettings.json"
            let section = match.Groups["section"].Value
            where !HasSection(settings, section)
            select $"{settings} does not show the section {section} of {path}: write it with its defaults";
        Complaint.None(complaints);
    }

    private static bool HasSection(string settings, string section)
    {
        using var document = JsonDocument.Parse(Repository.Read(settings), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var element = document.RootElement;
        return section.Split(':').All(key => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out element));
    }

    [GeneratedRegex("const string Section = \"(?<section>[^\"]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SectionConstant();
}
