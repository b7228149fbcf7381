using ApiPoc.AppHost.Backings;
using ApiPoc.AppHost.Resources;

var builder = DistributedApplication.CreateBuilder(args);
if (builder.AddBacking() is not { } backing)
    return 1;

// Queues, topics and subscriptions exist before anybody uses them.
var provisioner = builder.AddProject<Projects.Provisioner>("provisioner")
    .WithBacking(backing)
    .RunAgainAfterRestarts()
    .WithIconName("BuildingFactory");

// The side that throttles: a vendor's API, and the gateway in front of it.
var externalApi = builder.AddProject<Projects.ExternalApi>("external-api")
    .WithBacking(backing)
    .WithHttpHealthCheck("/ready")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Survey API")
    .KeepRunning()
    .WithIconName("DocumentTable");

var gateway = builder.AddProject<Projects.Gateway>("gateway", project => project.ExcludeKestrelEndpoints = true)
    .WithBacking(backing).WaitForCompletion(provisioner)
    .WithPlanes()
    .WithEnvironment("Gateway__Variables__externalApi", externalApi.GetEndpoint("http")).WaitFor(externalApi)
    .WithHttpHealthCheck("/ready", endpointName: GatewayPlanes.Data)
    .KeepRunning()
    .WithIconName("ShieldTask");

// The side that is throttled. Workers and the notifier are reached by reference only: any port will do.
var worker = builder.AddProject<Projects.Worker>("worker")
    .WithBacking(backing).WaitForCompletion(provisioner)
    .WithSurveysThrough(gateway).WaitFor(gateway)
    .WithEndpoint("http", endpoint => endpoint.Port = null)
    .WithHttpHealthCheck("/ready")
    .WithReplicas(2).KeepRunning()
    .WithIconName("Wrench");

builder.AddProject<Projects.Orchestrator>("orchestrator")
    .WithBacking(backing).WaitForCompletion(provisioner)
    .WithReference(worker).WaitFor(worker)
    .WithEnvironment("Apis__ODG_SURVEYS__BaseAddress", externalApi.GetEndpoint("http"))
    // Ctrl-C is answered within ten seconds: jobs in flight for longer go back to the queue.
    .WithEnvironment("Orchestrator__FinishWithin", "00:00:03")
    .WithHttpHealthCheck("/ready")
    .WithReplicas(2).KeepRunning()
    .WithIconName("ArrowRouting");

builder.AddProject<Projects.Notifier>("notifier")
    .WithBacking(backing).WaitForCompletion(provisioner)
    .WithEndpoint("http", endpoint => endpoint.Port = null)
    .WithHttpHealthCheck("/ready")
    .KeepRunning()
    .WithIconName("Alert");

// What gives work: jobs by schedule, and by the buttons here.
builder.AddProject<Projects.TaskMaster>("task-master")
    .WithBacking(backing).WaitForCompletion(provisioner)
    .WithHttpHealthCheck("/ready")
    .WithSendJobsCommand(10)
    .WithSendJobsCommand(100)
    .KeepRunning()
    .WithIconName("CalendarClock");

builder.Build().Run();
return Environment.ExitCode;
