using ApiPoc.Gateway;
using ApiPoc.Gateway.Control;
using ApiPoc.Gateway.Framing;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Planes;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddRedisClient("redis");
builder.AddPlanes();
builder.AddFraming();
builder.AddKnowledge();
builder.AddDataPlane();
builder.AddControlPlane();

var app = builder.Build();

app.UseFraming();
app.UsePipeline();
app.MapDefaultEndpoints();
app.UseControlPlane();

return await app.RunServiceAsync();
