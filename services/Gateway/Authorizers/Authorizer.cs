using System.Text.RegularExpressions;
using ApiPoc.Gateway.Caching;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Authorizers;

/// <summary>
/// One authorizer of an API with its memory. A verdict is kept for every method of the API: a policy that names one method only makes
/// the next path fail until it expires, as in AWS. Denials are kept, failures are not.
/// </summary>
internal sealed class Authorizer
{
    private const int MaxVerdicts = 10_000;
    private readonly AuthorizerDefinition _definition;
    private readonly IAuthorizerSource _source;
    private readonly ExpiringMemory<string, AuthorizerVerdict>? _verdicts;
    private readonly Regex? _validation;
    private readonly RequestValue[] _identitySources;

    /// <summary>Takes the definition and who decides.</summary>
    public Authorizer(AuthorizerDefinition definition, IAuthorizerSource source, TimeProvider clock)
    {
        _definition = definition;
        _source = source;
        _verdicts = definition.Ttl > TimeSpan.Zero ? new ExpiringMemory<string, AuthorizerVerdict>(clock, MaxVerdicts) : null;
        _identitySources = [.. definition.IdentitySources.Select(RequestValue.Parse)];
        // Without backtracking no token can make it slow.
        _validation = definition.Validation is { } pattern ? new Regex($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture) : null;
    }

    /// <summary>The caller's identity; null when a source is missing or the token is malformed, and then nobody is asked.</summary>
    public string[]? IdentityOf(GatewayCall call)
    {
        string[] identity = new string[_identitySources.Length];
        for (int index = 0; index < identity.Length; index++)
        {
            string? value = _identitySources[index].Of(call);
            if (string.IsNullOrEmpty(value))
                return null;
            identity[index] = value;
        }
        return _definition.Type == AuthorizerType.Token && _validation?.IsMatch(identity[0]) == false ? null : identity;
    }

    /// <summary>What is decided about <paramref name="identity"/>, from memory or anew.</summary>
    public async ValueTask<AuthorizerAnswer> AskAsync(GatewayCall call, string methodArn, string[] identity)
    {
        if (_verdicts is null)
            return await _source.AskAsync(call, methodArn, identity);
        // Lengths before values keep two identities apart whatever characters they hold.
        string key = identity.Length == 1 ? identity[0] : string.Concat(identity.Select(value => $"{value.Length}:{value}"));
        if (_verdicts.TryGet(key, out var known))
            return new AuthorizerAnswer(AuthorizerOutcome.Decided, known);
        var answer = await _source.AskAsync(call, methodArn, identity);
        if (answer.Verdict is { } verdict)
            _verdicts.Set(key, verdict, _definition.Ttl);
        return answer;
    }
}
