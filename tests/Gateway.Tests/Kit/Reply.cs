using System.Text.Json.Nodes;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>A whole answer: status, headers, body.</summary>
public sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Reads an answer to its end.</summary>
    public static async Task<Reply> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            return new Reply((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>A header; null when it was not sent.</summary>
    public string? this[string header] => Headers.GetValueOrDefault(header);

    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>Holds a row of the error matrix: status, body, error type, media type, both ids.</summary>
    public void ShouldBe(int status, string errorType, string body)
    {
        Assert.Equal((status, errorType, body), (Status, this["x-amzn-ErrorType"], Body));
        Assert.Equal("application/json", this["Content-Type"]);
        ShouldCarryIds();
    }

    /// <summary>Holds what every answer carries.</summary>
    public void ShouldCarryIds()
    {
        Assert.True(Guid.TryParse(this["x-amzn-RequestId"], out _), $"x-amzn-RequestId is '{this["x-amzn-RequestId"]}'");
        Assert.EndsWith("=", this["x-amz-apigw-id"], StringComparison.Ordinal);
    }
}
