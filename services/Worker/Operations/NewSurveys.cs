using System.Text.Json;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Worker.Operations;

/// <summary>New surveys were announced: notes how many there are and which.</summary>
internal sealed class NewSurveys : IOperation
{
    public string Name => JobOperation.NewSurveys;

    public string Perform(JsonElement answer) => ItemSummary.Of("surveys", answer);
}
