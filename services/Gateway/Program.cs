using ApiPoc.Gateway;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Planes;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddRedisClient("redis");
builder.AddPlanes();
builder.AddKnowledge();
builder.AddDataPlane();

var app = builder.Build();

app.MapDefaultEndpoints();
app.UsePlanes();
app.UsePipeline();

return await app.RunServiceAsync();
