namespace ApiPoc.Simulation;

/// <summary>What came of a drain.</summary>
/// <param name="Efficiency">Optimal time ÷ time taken; 0 when jobs are missing.</param>
/// <param name="Waste">Refused ÷ all calls.</param>
/// <param name="Seconds">Time until the last call was sent.</param>
/// <param name="Refused">Refused calls.</param>
/// <param name="StoreTrips">Asks and reports that touched shared state.</param>
/// <param name="Done">Jobs done.</param>
/// <param name="Repeated">Accepted calls beyond a job's first.</param>
/// <param name="Jain">Fairness: among tenants by weight where there are several, otherwise among processes.</param>
/// <param name="P99Wait">The 99th percentile of the time to a job's end, in seconds.</param>
public sealed record DrainFigures(
    double Efficiency, double Waste, double Seconds, int Refused, int StoreTrips, int Done, int Repeated, double Jain, double P99Wait);
