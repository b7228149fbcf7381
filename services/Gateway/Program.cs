using ApiPoc.Gateway.Alarms;
using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Authorizers;
using ApiPoc.Gateway.Caching;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Deployments;
using ApiPoc.Gateway.Firewall;
using ApiPoc.Gateway.Integrations;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Planes;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Stages;
using ApiPoc.Gateway.Throttling;
using ApiPoc.Gateway.Usage;
using ApiPoc.Gateway.UsagePlans;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddRedisClient("redis");
builder.AddPlanes();
builder.AddDefinitions();
builder.AddRegistry();
builder.AddApiKeys().AddUsagePlans().AddStages().AddUsage();
builder.AddFirewall().AddAuthorizers().AddThrottling().AddCaching().AddIntegrations();
builder.AddDeployments().AddAlarms().AddPipeline();

var app = builder.Build();

app.MapDefaultEndpoints();
app.UsePlanes();
app.UsePipeline();

return await app.RunServiceAsync();
