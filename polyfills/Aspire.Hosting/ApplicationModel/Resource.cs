using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource's name and annotations; the name is what service discovery and telemetry call it.</summary>
public abstract partial class Resource : IResource
{
    /// <summary>Names the resource: 1 to 64 ASCII letters, digits and single hyphens, beginning with a letter.</summary>
    protected Resource(string name)
    {
        if (!NamePattern().IsMatch(name))
            throw new ArgumentException(
                $"Resource name '{name}' is invalid. Name must be 1 to 64 ASCII letters, digits and hyphens, begin with a letter, and have no trailing or double hyphen.",
                nameof(name));
        Name = name;
    }

    public virtual string Name { get; }

    public virtual ResourceAnnotationCollection Annotations { get; } = [];

    [GeneratedRegex("^(?=.{1,64}$)[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$")]
    private static partial Regex NamePattern();
}

/// <summary>Marks a parameter that is a resource's name.</summary>
[AttributeUsage(AttributeTargets.Parameter, AllowMultiple = false)]
public sealed class ResourceNameAttribute : Attribute;

/// <summary>Marks a parameter that is an endpoint's name.</summary>
[AttributeUsage(AttributeTargets.Parameter, AllowMultiple = false)]
public sealed class EndpointNameAttribute : Attribute;
