using System.Buffers;
using System.Net.Http.Headers;

namespace ApiPoc.Gateway.Integrations;

/// <summary>Finds what the client reads of a back end's answer and the server cannot write: it is the back end's failure and not ours.</summary>
internal static class BackendFault
{
    // Every control character but the tab.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([.. Enumerable.Range(0, ' ').Append(0x7f).Select(code => (char)code).Where(code => code != '\t')]);

    /// <summary>What is wrong, for the log; null when nothing is.</summary>
    public static string? In(HttpResponseMessage response)
    {
        // Nobody asked for another protocol: what asks for one stays behind.
        if ((int)response.StatusCode < StatusCodes.Status200OK)
            return $"status {(int)response.StatusCode}";
        var content = response.Content.Headers.NonValidated;
        if (content.TryGetValues("Content-Length", out var lengths) && lengths.Count > 1)
            return "several lengths";
        return FaultIn(response.Headers.NonValidated) ?? FaultIn(content);
    }

    private static string? FaultIn(HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (string value in values)
            {
                if (value.AsSpan().ContainsAny(Forbidden))
                    return $"control character in {name}";
            }
        }
        return null;
    }
}
