using System.Text.RegularExpressions;
using Amazon.Runtime;
using Microsoft.Extensions.Options;

namespace ApiPoc.Messaging.Aws;

/// <summary>
/// Finds what would make a client's constructor throw, and credentials given by half. None at all are no fault: they may come from a role,
/// and only a call shows.
/// </summary>
internal sealed partial class AwsNeedsValidator(AwsEnvironment aws) : IValidateOptions<AwsNeeds>
{
    public ValidateOptionsResult Validate(string? name, AwsNeeds options)
    {
        ClientConfig[] clients = [.. options.Configurations];
        string[] malformed = [.. Endpoints(clients), .. Region()];

        // The SDK throws where it is told something malformed; who corrects that may have said all that is needed.
        string[] errors = [.. malformed, .. Credentials(), .. malformed.Length == 0 ? Places(clients) : []];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> Endpoints(IEnumerable<ClientConfig> clients)
    {
        foreach (string variable in clients.Select(AwsEnvironment.EndpointVariable).Prepend(AwsEnvironment.EndpointUrl))
        {
            if (aws.Value(variable) is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
                yield return $"{variable}: '{url.ReplaceLineEndings(" ")}': expected an address, e.g. http://localhost:4566";
        }
    }

    private IEnumerable<string> Region()
    {
        if (aws.Value(AwsEnvironment.Region) is { } region && !RegionName().IsMatch(region))
            yield return $"{AwsEnvironment.Region}: '{region.ReplaceLineEndings(" ")}': expected the name of a region, e.g. eu-west-1";
    }

    private IEnumerable<string> Credentials()
    {
        const string id = AwsEnvironment.AccessKeyId, secret = AwsEnvironment.SecretAccessKey;
        var (hasId, hasSecret) = (aws.Value(id) is not null, aws.Value(secret) is not null);
        if (hasId != hasSecret)
            yield return $"{(hasId ? secret : id)}: (not set): required beside {(hasId ? id : secret)}; without both, credentials of a profile or role are used";
    }

    // Asking a configuration has the SDK look where we do not: in profiles, and where an instance says it runs.
    private IEnumerable<string> Places(IEnumerable<ClientConfig> clients)
    {
        string[] lost = [.. clients.Where(client => aws.Apply(client) is { ServiceURL: null, RegionEndpoint: null }).Select(client => client.ServiceId)];
        if (lost.Length > 0)
            yield return $"{AwsEnvironment.Region}: (not set): required to find {string.Join(" and ", lost)}, or {AwsEnvironment.EndpointUrl}";
    }

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RegionName();
}
