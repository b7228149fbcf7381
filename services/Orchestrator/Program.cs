using ApiPoc.Messaging.Events;
using ApiPoc.Messaging.Jobs;
using ApiPoc.Orchestrator;
using ApiPoc.Orchestrator.Apis;
using ApiPoc.Orchestrator.Rehearsing;
using ApiPoc.Orchestrator.Status;
using ApiPoc.Redis.Breaker;
using ApiPoc.Redis.Jobs;
using ApiPoc.Redis.Quotas;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddRedisClient("redis");
builder.AddJobQueue();
builder.AddThrottleEvents();
builder.AddBreaker();
builder.AddJobLedger();
builder.AddQuotaEngine();
builder.AddApis();
builder.AddOrchestrator();
builder.AddRehearsal<DispatchRehearsal>();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapStatus();

return await app.RunServiceAsync();
