using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.ApiKeys;

/// <summary>Reads the value of a caller's key, from where the API's callers send it.</summary>
internal static class CallerKey
{
    private const string Header = "x-api-key";

    /// <summary>The value; null when there is none, or none that could be a key's.</summary>
    public static string? Of(GatewayCall call) => Sent(call) is { } value && IsPossible(value) ? value : null;

    private static string? Sent(GatewayCall call)
    {
        if (call.Stage!.Api.ApiKeySource == ApiKeySource.Authorizer)
            return call.Verdict?.UsageIdentifierKey;
        var values = call.Request.Headers[Header];
        // Two keys are no key: which of them counts would depend on who reads them.
        return values.Count == 1 ? values[0] : null;
    }

    private static bool IsPossible(string value) =>
        value.Length is > 0 and <= ApiKeyRules.MaximumLength && !value.AsSpan().ContainsAnyExceptInRange('!', '~');
}
