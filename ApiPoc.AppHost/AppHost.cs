using ApiPoc.AppHost.Backings;
using ApiPoc.AppHost.Resources;

var builder = DistributedApplication.CreateBuilder(args);
if (builder.AddBacking() is not { } backing)
    return 1;

// Queues, topics and subscriptions exist before anybody uses them.
var provisioner = builder.AddProject<Projects.Provisioner>("provisioner")
    .WithBacking(backing)
    .WithIconName("BuildingFactory");

// What gives work: jobs by schedule, and by the buttons here.
builder.AddProject<Projects.TaskMaster>("task-master")
    .WithBacking(backing).WaitForCompletion(provisioner)
    .WithHttpHealthCheck("/ready")
    .WithSendJobsCommand(10)
    .WithSendJobsCommand(100)
    .WithIconName("CalendarClock");

builder.Build().Run();
return Environment.ExitCode;
