using System.Text.Json.Nodes;
using ApiPoc.Provisioner.Resources;
using ApiPoc.Provisioner.Templates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.Provisioner;

/// <summary>Creates what a template names and is missing, and changes what differs. It never deletes.</summary>
internal sealed partial class TemplateProvisioner(
    IEnumerable<IResourceHandler> handlers, IOptions<ProvisionerOptions> options, TimeProvider time, ILogger<TemplateProvisioner> logger)
{
    private readonly Dictionary<string, IResourceHandler> _handlers = handlers.ToDictionary(handler => handler.Type, StringComparer.Ordinal);

    /// <summary>Makes sure that everything in the template is understood, before anything is touched.</summary>
    /// <exception cref="TemplateException">With one line per thing that is not.</exception>
    public void Check(Template template)
    {
        string[] problems = [.. template.Resources.SelectMany(FindProblems)];
        if (problems.Length > 0)
            throw new TemplateException(problems);
    }

    /// <summary>Brings about the template, in the order its references ask for.</summary>
    /// <exception cref="TimeoutException">A resource took longer than <see cref="ProvisionerOptions.WaitForResource"/>.</exception>
    public async Task ApplyAsync(Template template, CancellationToken cancellationToken)
    {
        var provisioned = new Dictionary<string, ProvisionedResource>(StringComparer.Ordinal);
        foreach (var resource in template.InOrder())
        {
            var properties = new ResourceProperties((JsonObject)TemplateFunctions.Resolve(resource.Properties, provisioned)!);
            var result = await ApplyAsync(resource, properties, cancellationToken);
            provisioned.Add(resource.Name, result);
            LogProvisioned(logger, resource.Type, resource.Name, result.Change);
        }

        foreach (var (name, value) in template.Outputs)
            LogOutput(logger, name, TemplateFunctions.Resolve(value, provisioned)?.ToString());
    }

    private async Task<ProvisionedResource> ApplyAsync(TemplateResource resource, ResourceProperties properties, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Value.WaitForResource, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await _handlers[resource.Type].ApplyAsync(properties, either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{resource.Type} {resource.Name}: not there after {options.Value.WaitForResource.TotalSeconds:0} s", late);
        }
    }

    private IEnumerable<string> FindProblems(TemplateResource resource)
    {
        if (!_handlers.TryGetValue(resource.Type, out var handler))
            return [$"{resource.Name}: {resource.Type} is not supported; supported are {string.Join(", ", _handlers.Keys.Order(StringComparer.Ordinal))}"];
        return resource.Properties
            .Where(property => !handler.Properties.Contains(property.Key))
            .Select(property => $"{resource.Name}: {property.Key} of {resource.Type} is not supported; supported are {string.Join(", ", handler.Properties)}");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Type} {Name}: {Change}")]
    private static partial void LogProvisioned(ILogger logger, string type, string name, string change);

    [LoggerMessage(Level = LogLevel.Information, Message = "Output {Name}: {Value}")]
    private static partial void LogOutput(ILogger logger, string name, string? value);
}
