// An AppHost to be stopped, killed and refused by tests: a port to listen on, a process that ends when asked, one that leaves a process
// of its own behind, and, where wanted, one that does not end when asked.
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
var port = int.Parse(builder.Configuration["port"]!);

var willing = builder.AddExecutable("willing", "sleep", ".", "600").WithHttpEndpoint(port);
if (builder.Configuration["stubborn"] is not null)
    builder.AddExecutable("stubborn", "sh", ".", "-c", "trap '' TERM INT HUP; while :; do sleep 1; done").WaitForStart(willing);
// Like redis-server, it cannot be found by its environment; it says its id where the console shows it.
builder.AddExecutable("nameless", "sh", ".", "-c", "echo pid $$ >&2; exec env -i sleep 600").WaitForStart(willing);
builder.AddExecutable("parent", "sh", ".", "-c", "sleep 600 & wait").WaitForStart(willing);

builder.Build().Run();
return Environment.ExitCode;
