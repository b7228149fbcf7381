using System.Text;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Firewall;

/// <summary>A rate rule of one stage.</summary>
internal sealed class RateRule
{
    private readonly BufferedAnswer? _response;

    /// <summary>Takes the definition and what has been counted.</summary>
    /// <param name="scope">The stage, which is part of the counts' keys.</param>
    /// <param name="definition">The rule.</param>
    /// <param name="counter">Its counts.</param>
    public RateRule(string scope, RateRuleDefinition definition, RateCounter counter)
    {
        Name = $"{scope}/{definition.Name}";
        Definition = definition;
        Counter = counter;
        _response = definition.Response is { } custom ? BufferedAnswer.Of(custom.Status, custom.ContentType, Encoding.UTF8.GetBytes(custom.Body)) : null;
    }

    /// <summary>The rule's name, with its stage.</summary>
    public string Name { get; }

    /// <summary>The rule.</summary>
    public RateRuleDefinition Definition { get; }

    /// <summary>What it has counted.</summary>
    public RateCounter Counter { get; }

    /// <summary>Whether the rule concerns <paramref name="path"/>; other paths are neither counted nor blocked.</summary>
    public bool Covers(string path) => path.StartsWith(Definition.ScopeDownPath, StringComparison.Ordinal);

    /// <summary>Counts a request, blocked or not, as AWS does.</summary>
    /// <returns>Whether the caller is over the limit and that has been noticed.</returns>
    public bool CountAndJudge(ClientNetwork network) =>
        Counter.Count(network) is { } count && (count.IsBlocked || (Definition.DetectionDelay == TimeSpan.Zero && count.Sum > Definition.Limit));

    /// <summary>What a blocked request is answered.</summary>
    public IGatewayAnswer AnswerFor(GatewayCall call) => _response ?? (IGatewayAnswer)new Refusal(call.Errors.FirewallBlocked);
}
