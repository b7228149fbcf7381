using System.Text;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.ExternalApi.Surveys;

/// <summary>Surveys, interviews and attachments that are the same at every call and on every machine, and kept nowhere.</summary>
internal static class SurveyData
{
    private const int Surveys = 25;
    private const int MaxInterviews = 40;
    private const int MaxAttachments = 12;
    private static readonly string[] Topics = ["Housing", "Mobility", "Health", "Energy", "Schools", "Work", "Media", "Leisure"];
    private static readonly string[] Countries = ["AT", "CA", "CL", "DE", "GH", "IN", "JP", "NZ", "SE", "US"];
    private static readonly string[] States = ["draft", "running", "closed"];
    private static readonly string[] FileTypes = ["audio/ogg", "image/png", "text/plain", "application/pdf"];
    private static readonly DateOnly FirstDay = new(2020, 1, 1);

    /// <summary>What is at <paramref name="path"/>: one resource, or a page of all of its kind.</summary>
    public static object At(ResourcePath path, Paging paging)
    {
        if (!path.IsCollection)
            return One(path.Value, path.Depth, path.Ids[^1]);

        int total = path.Depth switch
        {
            1 => Surveys,
            2 => 1 + (int)(Seed(path.Value) % MaxInterviews),
            _ => (int)(Seed(path.Value) % MaxAttachments),
        };
        var all = Enumerable.Range(1, total).Select(id => One($"{path.Value}/{id}", path.Depth, $"{id}")).ToArray();
        return paging.Of(path.Value, all);
    }

    private static object One(string path, int depth, string id)
    {
        uint seed = Seed(path);
        return depth switch
        {
            1 => new Survey(id, $"{Pick(Topics, seed)} survey {id}", Pick(States, seed >> 8), Day(seed), $"{path}/interview"),
            2 => new Interview(id, $"R-{seed % 100_000:D5}", Pick(Countries, seed >> 8), 5 + (int)(seed % 55), Day(seed), $"{path}/attachment"),
            _ => new Attachment(id, $"attachment-{id}", Pick(FileTypes, seed >> 8), 1_024 + seed % 5_000_000, $"{seed:x8}"),
        };
    }

    private static DateOnly Day(uint seed) => FirstDay.AddDays((int)((seed >> 4) % 2_000));

    private static string Pick(string[] choices, uint seed) => choices[seed % choices.Length];

    // FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): string.GetHashCode differs from process to process.
    private static uint Seed(string text) =>
        Encoding.UTF8.GetBytes(text).Aggregate(2_166_136_261, (hash, next) => unchecked((hash ^ next) * 16_777_619));

    private sealed record Survey(string Id, string Title, string State, DateOnly Created, string Interviews);

    private sealed record Interview(string Id, string Respondent, string Country, int Minutes, DateOnly Held, string Attachments);

    private sealed record Attachment(string Id, string Name, string ContentType, long Bytes, string Checksum);
}
