using System.Text.Json;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Worker.Operations;

/// <summary>New attachments of an interview: notes how many there are and which.</summary>
internal sealed class NewAttachments : IOperation
{
    public string Name => JobOperation.NewAttachments;

    public string Perform(JsonElement answer) => ItemSummary.Of("attachments", answer);
}
