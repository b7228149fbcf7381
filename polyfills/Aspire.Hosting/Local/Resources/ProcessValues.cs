using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Proxies;

namespace Aspire.Hosting.Local.Resources;

/// <summary>Turns the model's values into one process's strings.</summary>
internal sealed class ProcessValues(IResource resource, string instanceName, int index, EndpointAllocator endpoints)
{
    public async ValueTask<string?> ResolveAsync(object value, CancellationToken cancellationToken)
    {
        var text = value switch
        {
            string given => given,
            IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancellationToken),
            IValueProvider provider => await provider.GetValueAsync(new ValueProviderContext { Caller = resource }, cancellationToken),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
        return text is null || !text.Contains("{{", StringComparison.Ordinal) ? text : ReplaceTokens(text);
    }

    private string ReplaceTokens(string text)
    {
        text = text.Replace(ProcessTokens.InstanceId, InstanceNames.SuffixOf(instanceName), StringComparison.Ordinal);
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var port = endpoints.TargetPortOf(endpoint, index).ToString(CultureInfo.InvariantCulture);
            text = text.Replace(ProcessTokens.TargetPort(endpoint.Name), port, StringComparison.Ordinal);
        }

        return text;
    }
}
