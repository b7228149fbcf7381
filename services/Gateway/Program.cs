using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Planes;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Stages;
using ApiPoc.Gateway.UsagePlans;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddRedisClient("redis");
builder.AddPlanes();
builder.AddDefinitions();
builder.AddRegistry();
builder.AddApiKeys();
builder.AddUsagePlans();
builder.AddStages();

var app = builder.Build();

app.MapDefaultEndpoints();
app.UsePlanes();

return await app.RunServiceAsync();
