using System.Text.Json.Nodes;

namespace ApiPoc.Provisioner.Templates;

/// <summary>One resource of a template.</summary>
/// <param name="Name">Its logical id.</param>
/// <param name="Type">Its type, e.g. <c>AWS::SQS::Queue</c>.</param>
/// <param name="Properties">Its properties, functions unresolved.</param>
/// <param name="Needs">The resources that must be there before.</param>
internal sealed record TemplateResource(string Name, string Type, JsonObject Properties, IReadOnlyCollection<string> Needs);
