using ApiPoc.Domain.Events;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ApiPoc.Notifier.Delivery;

/// <summary><c>POST /events</c>, in Development only: tries the subscribers out without a queue.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
            app.MapPost("/events", DeliverAsync);
    }

    private static async Task<Results<Ok<IReadOnlyDictionary<string, DeliveryOutcome>>, ProblemHttpResult>> DeliverAsync(
        ThrottleEvent throttleEvent, Deliverer deliverer, CancellationToken cancellationToken)
    {
        if (ThrottleEventType.All.Contains(throttleEvent.Type))
            return TypedResults.Ok(await deliverer.DeliverAsync(throttleEvent, cancellationToken));
        return TypedResults.Problem(
            $"type has to be one of {string.Join(", ", ThrottleEventType.All)}",
            statusCode: StatusCodes.Status400BadRequest,
            extensions: [KeyValuePair.Create("code", (object?)"unknown_event")]);
    }
}
