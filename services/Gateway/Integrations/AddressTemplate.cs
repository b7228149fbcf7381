using System.Text;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Integrations;

/// <summary>A back end's address with places for path parameters, taken apart once.</summary>
internal sealed class AddressTemplate
{
    private readonly string[] _literals;
    private readonly string[] _parameters;

    /// <summary>Takes <paramref name="template"/>, in which stage variables are already replaced.</summary>
    public AddressTemplate(string template)
    {
        _parameters = [.. PathTemplate.ParametersOf(template)];
        var literals = new List<string>();
        foreach (string parameter in _parameters)
        {
            string mark = $"{{{parameter}}}";
            int at = template.IndexOf(mark, StringComparison.Ordinal);
            literals.Add(template[..at]);
            template = template[(at + mark.Length)..];
        }
        literals.Add(template);
        _literals = [.. literals];
    }

    /// <summary>The address for <paramref name="call"/>, with its path parameters as written and its query.</summary>
    public string For(GatewayCall call)
    {
        string query = call.Request.QueryString.Value ?? "";
        if (_parameters.Length == 0)
            return query.Length == 0 ? _literals[0] : _literals[0] + query;
        if (_parameters.Length == 1)
            return string.Concat(_literals[0], call.Parameters.Raw(_parameters[0]), _literals[1], query);
        var address = new StringBuilder(_literals[0]);
        for (int index = 0; index < _parameters.Length; index++)
            address.Append(call.Parameters.Raw(_parameters[index])).Append(_literals[index + 1]);
        return address.Append(query).ToString();
    }
}
