using ApiPoc.Messaging;
using ApiPoc.Messaging.Jobs;
using ApiPoc.TaskMaster.Jobs;
using ApiPoc.TaskMaster.Runs;
using ApiPoc.TaskMaster.Scheduling;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddRedisClient("redis");
builder.AddJobQueue();
builder.AddCheckedOptions<MessagingOptions, MessagingOptionsValidator>(MessagingOptions.Section);
builder.AddJobSource();
builder.AddRuns();
builder.AddSchedules();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapRuns();
app.MapSchedules();

return await app.RunServiceAsync();
