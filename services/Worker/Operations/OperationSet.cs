using System.Text.Json;

namespace ApiPoc.Worker.Operations;

/// <summary>The operations this worker performs.</summary>
internal sealed class OperationSet(IEnumerable<IOperation> operations)
{
    private readonly Dictionary<string, IOperation> _operations = operations.ToDictionary(operation => operation.Name);

    /// <summary>Performs an operation on an answer's body.</summary>
    /// <returns>The summary; null when the body is not JSON.</returns>
    public string? Perform(string operation, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return _operations[operation].Perform(answer.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
