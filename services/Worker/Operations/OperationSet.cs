using System.Text.Json;
using ApiPoc.Worker.Apis;

namespace ApiPoc.Worker.Operations;

/// <summary>The operations this worker performs.</summary>
internal sealed class OperationSet(IEnumerable<IOperation> operations)
{
    private readonly Dictionary<string, IOperation> _operations = operations.ToDictionary(operation => operation.Name);

    /// <summary>Performs an operation on an answer; of no body, or one that is no JSON and was not said to be, the size is all there is to note.</summary>
    /// <returns>The summary; null when there is a body that was said to be JSON and is not.</returns>
    public string? Perform(string operation, ApiAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return _operations[operation].Perform(json.RootElement);
        }
        catch (JsonException)
        {
            return answer is { IsJson: true, Body.Length: > 0 } ? null : $$"""{"bytes":{{answer.Body.Length}}}""";
        }
    }
}
