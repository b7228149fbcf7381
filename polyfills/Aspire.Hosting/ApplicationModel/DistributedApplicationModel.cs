using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application: its resources.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    public IResourceCollection Resources { get; } = resources;
}

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    public bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource) =>
        (resource = this.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) is not null;

    protected override void InsertItem(int index, IResource item)
    {
        if (TryGetByName(item.Name, out var existing))
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{item.GetType()}' with name '{item.Name}' because resource of type '{existing.GetType()}' with that name already exists. Resource names are case-insensitive.");
        base.InsertItem(index, item);
    }
}
