using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>The parameters of a request in AWS's query protocol; absent values are left out, lists and maps count from 1.</summary>
internal sealed class QueryParameters(IDictionary<string, string> parameters)
{
    public void Add(string name, string value)
    {
        if (value is not null) parameters.Add(name, value);
    }

    public void Add(string name, Dictionary<string, string> map)
    {
        foreach (var (index, (key, value)) in (map ?? []).Index())
        {
            Add($"{name}.entry.{index + 1}.key", key);
            Add($"{name}.entry.{index + 1}.value", value);
        }
    }

    public void Add(string name, Dictionary<string, MessageAttributeValue> attributes)
    {
        foreach (var (index, (key, value)) in (attributes ?? []).Index())
        {
            var entry = $"{name}.entry.{index + 1}";
            Add($"{entry}.Name", key);
            Add($"{entry}.Value.DataType", value.DataType);
            Add($"{entry}.Value.StringValue", value.StringValue);
            Add($"{entry}.Value.BinaryValue", value.BinaryValue is null ? null : Convert.ToBase64String(value.BinaryValue.ToArray()));
        }
    }
}
