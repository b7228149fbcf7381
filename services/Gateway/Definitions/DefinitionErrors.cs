namespace ApiPoc.Gateway.Definitions;

/// <summary>Collects everything that is wrong, each as <c>key: value: why</c>, so that one run shows it all.</summary>
internal sealed class DefinitionErrors
{
    private readonly List<string> _messages;
    private readonly string _path;

    /// <summary>Starts an empty list.</summary>
    public DefinitionErrors() : this([], "")
    {
    }

    private DefinitionErrors(List<string> messages, string path) => (_messages, _path) = (messages, path);

    /// <summary>What was found, in order.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>The same list, for what lies below <paramref name="member"/>.</summary>
    public DefinitionErrors At(string member) => new(_messages, Below(member));

    /// <summary>The same list, for item <paramref name="index"/> of this array.</summary>
    public DefinitionErrors At(int index) => new(_messages, $"{_path}[{index}]");

    /// <summary>Reports <paramref name="member"/>; <paramref name="why"/> says what is allowed.</summary>
    public void Add(string member, object? value, string why) => _messages.Add($"{Below(member)}: {value ?? "(missing)"}: {why}");

    /// <summary>Reports <paramref name="member"/> unless <paramref name="holds"/>.</summary>
    public void Check(bool holds, string member, object? value, string why)
    {
        if (!holds)
            Add(member, value, why);
    }

    // Ids with dots or slashes are quoted, so that a path can be read back unambiguously.
    private string Below(string member)
    {
        if (member.Length == 0)
            return _path;
        string name = member.AsSpan().ContainsAny("./{}*") ? $"[\"{member}\"]" : member;
        return _path.Length == 0 ? name : name[0] == '[' ? _path + name : $"{_path}.{name}";
    }
}
