using ApiPoc.Messaging;
using ApiPoc.Messaging.Events;
using ApiPoc.Redis.Breaker;
using ApiPoc.Redis.Jobs;
using ApiPoc.Redis.Quotas;
using ApiPoc.Worker.Apis;
using ApiPoc.Worker.Jobs;
using ApiPoc.Worker.Rehearsing;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddCheckedOptions<MessagingOptions, MessagingOptionsValidator>(MessagingOptions.Section);
builder.AddCheckedOptions<BreakerStoreOptions>(BreakerStoreOptions.Section);
builder.AddCheckedOptions<JobLedgerOptions>(JobLedgerOptions.Section);
builder.AddRedisClient("redis");
builder.AddThrottleEvents();
builder.AddBreaker();
builder.AddJobLedger();
builder.AddQuotaEngine();
builder.AddApis();
builder.AddJobs();
builder.AddRehearsal<AttemptRehearsal>();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapJobs();

return await app.RunServiceAsync();
