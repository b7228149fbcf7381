using System.Text.Json;

namespace ApiPoc.Worker.Operations;

/// <summary>What is done with the answer to a job's call.</summary>
internal interface IOperation
{
    /// <summary>The job's <c>operation</c>.</summary>
    string Name { get; }

    /// <summary>Performs the operation on what was read.</summary>
    /// <param name="answer">The API's JSON answer.</param>
    /// <returns>A summary to record with the job, as JSON of at most 4 KiB.</returns>
    string Perform(JsonElement answer);
}
