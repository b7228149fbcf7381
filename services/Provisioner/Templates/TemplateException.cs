namespace ApiPoc.Provisioner.Templates;

/// <summary>A template that cannot be provisioned, with every reason.</summary>
internal sealed class TemplateException(IReadOnlyCollection<string> problems) : Exception(string.Join(Environment.NewLine, ["", .. problems.Select(problem => $"  {problem}")]));
