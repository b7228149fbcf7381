using System.Text.Json;
using System.Text.Json.Nodes;

namespace ApiPoc.Provisioner.Templates;

/// <summary>A CloudFormation template, as far as this provisioner understands the language: resources, outputs, <c>Ref</c> and <c>Fn::GetAtt</c>.</summary>
internal sealed class Template
{
    private static readonly HashSet<string> Sections = new(StringComparer.Ordinal) { "AWSTemplateFormatVersion", "Description", "Metadata", "Resources", "Outputs" };

    private Template(IReadOnlyList<TemplateResource> resources, IReadOnlyDictionary<string, JsonNode?> outputs) => (Resources, Outputs) = (resources, outputs);

    /// <summary>The resources as they stand in the template.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    /// <summary>The outputs' values, functions unresolved.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Outputs { get; }

    /// <summary>Reads a template.</summary>
    /// <exception cref="TemplateException">It is not one, refers to what it does not have, or uses more of the language than is understood.</exception>
    public static Template Parse(string json)
    {
        var root = Read(json);
        var resources = Object(root, "Resources").Select(resource => ReadResource(resource.Key, resource.Value)).ToArray();
        var outputs = Object(root, "Outputs").ToDictionary(output => output.Key, output => output.Value?["Value"], StringComparer.Ordinal);

        var names = resources.Select(resource => resource.Name).ToHashSet(StringComparer.Ordinal);
        string[] problems =
        [
            .. root.Where(section => !Sections.Contains(section.Key)).Select(section => $"{section.Key}: this section is not supported"),
            .. resources.SelectMany(resource => TemplateFunctions.FindUnsupported(resource.Properties).Select(function => $"{resource.Name}: {function} is not supported")),
            .. outputs.SelectMany(output => TemplateFunctions.FindUnsupported(output.Value).Select(function => $"{output.Key}: {function} is not supported")),
            .. resources.SelectMany(resource => resource.Needs.Except(names).Select(name => $"{resource.Name}: there is no resource {name}")),
            .. outputs.SelectMany(output => TemplateFunctions.FindReferences(output.Value).Except(names).Select(name => $"{output.Key}: there is no resource {name}")),
        ];
        return problems.Length == 0 ? new Template(resources, outputs) : throw new TemplateException(problems);
    }

    /// <summary>The resources, each after those it needs.</summary>
    /// <exception cref="TemplateException">Some need each other.</exception>
    public IReadOnlyList<TemplateResource> InOrder()
    {
        var ordered = new List<TemplateResource>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (ordered.Count < Resources.Count)
        {
            var ready = Resources.Where(resource => !done.Contains(resource.Name) && done.IsSupersetOf(resource.Needs)).ToArray();
            if (ready.Length == 0)
                throw new TemplateException([$"{string.Join(", ", Resources.Select(resource => resource.Name).Except(done))}: they need each other"]);
            ordered.AddRange(ready);
            done.UnionWith(ready.Select(resource => resource.Name));
        }

        return ordered;
    }

    private static JsonObject Read(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new TemplateException(["the template is not one JSON object"]);
        }
        catch (JsonException exception)
        {
            throw new TemplateException([exception.Message]);
        }
    }

    private static JsonObject Object(JsonObject parent, string name) => parent[name] as JsonObject ?? [];

    private static TemplateResource ReadResource(string name, JsonNode? node)
    {
        if (node is not JsonObject resource || resource["Type"] is not JsonValue type)
            throw new TemplateException([$"{name}: a resource has a Type"]);
        var properties = Object(resource, "Properties");
        var dependsOn = resource["DependsOn"] switch
        {
            JsonArray names => names.Select(dependency => $"{dependency}"),
            { } one => [$"{one}"],
            null => [],
        };
        return new TemplateResource(name, $"{type}", properties, [.. TemplateFunctions.FindReferences(properties).Union(dependsOn)]);
    }
}
