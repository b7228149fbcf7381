using System.Text.Json;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Worker.Operations;

/// <summary>New interviews of a survey: notes how many there are and which.</summary>
internal sealed class NewInterviews : IOperation
{
    public string Name => JobOperation.NewInterviews;

    public string Perform(JsonElement answer) => ItemSummary.Of("interviews", answer);
}
