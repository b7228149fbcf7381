using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Control.Patching;

/// <summary>Holds what clients send to the rules that <c>gateway.json</c> obeys.</summary>
internal static class RuleCheck
{
    /// <summary>Runs <paramref name="rules"/>.</summary>
    /// <exception cref="ControlException">Everything that is wrong.</exception>
    public static void Run(Action<DefinitionErrors> rules)
    {
        var errors = new DefinitionErrors();
        rules(errors);
        if (errors.Messages.Count > 0)
            throw new ControlException(ControlError.BadRequest(string.Join("; ", errors.Messages)));
    }
}
