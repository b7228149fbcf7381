using Amazon.Runtime;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Integrations;

/// <summary>What a caller gets when an AWS service refuses.</summary>
internal static class AwsFailure
{
    /// <summary>Whether <paramref name="failure"/> says that the service could not be reached.</summary>
    public static bool IsUnreachable(Exception failure) => failure is HttpRequestException or IOException or AmazonClientException;

    /// <summary>The service's own refusal, in the shape AWS's query services give it in JSON.</summary>
    public static BufferedAnswer Answer(AmazonServiceException refusal)
    {
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Error"] = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Code"] = refusal.ErrorCode,
                ["Message"] = refusal.Message,
                ["Type"] = refusal.ErrorType.ToString(),
            },
            ["RequestId"] = refusal.RequestId,
        };
        int status = (int)refusal.StatusCode is >= 400 and <= 599 and var code ? code : StatusCodes.Status500InternalServerError;
        return BufferedAnswer.Of(status, "application/json", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body));
    }
}
