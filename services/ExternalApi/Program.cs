using ApiPoc.ExternalApi.Admin;
using ApiPoc.ExternalApi.Answers;
using ApiPoc.ExternalApi.Faults;
using ApiPoc.ExternalApi.Quotas;
using ApiPoc.ExternalApi.Stats;
using ApiPoc.ExternalApi.Surveys;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddRedisClient("redis");
builder.AddAnswers();
builder.AddQuotas();
builder.AddFaults();

var app = builder.Build();

app.MapDefaultEndpoints();
app.UseAnswers();
app.MapSurveys();
app.MapQuotas();
app.MapStats();
app.MapAdmin();

return await app.RunServiceAsync();
