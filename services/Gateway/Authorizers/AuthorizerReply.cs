using System.Text.Json;

namespace ApiPoc.Gateway.Authorizers;

/// <summary>Reads what an authorizer service returns: an authorizer function's response.</summary>
internal static class AuthorizerReply
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    /// <summary>Reads <paramref name="body"/>; what is no policy is a failure.</summary>
    public static AuthorizerAnswer Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new AuthorizerAnswer(AuthorizerOutcome.Failed);
        }
    }

    private static AuthorizerAnswer Read(JsonElement reply)
    {
        if (IsUnauthorized(reply))
            return new AuthorizerAnswer(AuthorizerOutcome.Unauthorized);
        if (Member(reply, "principalId") is not { ValueKind: JsonValueKind.String } principal
            || Member(reply, "policyDocument") is not { } policy
            || Member(policy, "Statement") is not { } statements
            || Statements(statements) is not { } read)
        {
            return new AuthorizerAnswer(AuthorizerOutcome.Failed);
        }
        string? key = Member(reply, "usageIdentifierKey") is { ValueKind: JsonValueKind.String } named ? named.GetString() : null;
        return new AuthorizerAnswer(AuthorizerOutcome.Decided, new AuthorizerVerdict(principal.GetString()!, new PolicyDocument(read), key));
    }

    private static bool IsUnauthorized(JsonElement reply) =>
        IsWord(reply) || (Member(reply, "errorMessage") is { } message && IsWord(message));

    private static bool IsWord(JsonElement element) => element.ValueKind == JsonValueKind.String && element.ValueEquals("Unauthorized");

    private static List<PolicyStatement>? Statements(JsonElement element)
    {
        var statements = new List<PolicyStatement>();
        foreach (var item in element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : (JsonElement[])[element])
        {
            string? effect = Member(item, "Effect") is { ValueKind: JsonValueKind.String } named ? named.GetString() : null;
            if (effect is not ("Allow" or "Deny") || Strings(item, "Action") is not { } actions || Strings(item, "Resource") is not { } resources)
                return null;
            statements.Add(new PolicyStatement(effect == "Allow", actions, resources));
        }
        return statements;
    }

    private static List<string>? Strings(JsonElement statement, string name)
    {
        if (Member(statement, name) is not { } element)
            return null;
        var items = element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : (JsonElement[])[element];
        return Array.TrueForAll(items, item => item.ValueKind == JsonValueKind.String) ? [.. items.Select(item => item.GetString()!)] : null;
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
}
