using System.Xml.Linq;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>The result element of an answer, or one item in it. What an answer does not have reads as null.</summary>
internal sealed class QueryResult(XElement element)
{
    public string this[string name] => Child(element, name)?.Value;

    public List<QueryResult> List(string name) =>
        Child(element, name)?.Elements().Where(item => item.Name.LocalName == "member").Select(item => new QueryResult(item)).ToList();

    public Dictionary<string, string> Map(string name) =>
        Child(element, name)?.Elements().ToDictionary(entry => Child(entry, "key")?.Value ?? "", entry => Child(entry, "value")?.Value, StringComparer.Ordinal);

    // By local name: emulators differ in whether they state the namespace.
    internal static XElement Child(XElement parent, string name) => parent?.Elements().FirstOrDefault(child => child.Name.LocalName == name);
}
