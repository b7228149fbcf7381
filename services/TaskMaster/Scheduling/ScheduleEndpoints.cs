using Microsoft.AspNetCore.Http.HttpResults;

namespace ApiPoc.TaskMaster.Scheduling;

/// <summary><c>GET /schedules</c>: when what is sent next.</summary>
internal static class ScheduleEndpoints
{
    public static IEndpointConventionBuilder MapSchedules(this IEndpointRouteBuilder routes) => routes.MapGet("/schedules", GetUpcoming);

    private static Ok<UpcomingRun[]> GetUpcoming(Scheduler scheduler, TimeProvider clock) => TypedResults.Ok<UpcomingRun[]>(
    [
        .. from schedule in scheduler.Upcoming(clock.GetUtcNow())
           orderby schedule.Next
           select new UpcomingRun(schedule.Name, schedule.Options.Expression, schedule.Options.Jobs, schedule.Next),
    ]);

    private sealed record UpcomingRun(string Name, string Expression, int Jobs, DateTimeOffset? Next);
}
