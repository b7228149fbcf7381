using System.Collections;

var app = WebApplication.CreateBuilder(args).Build();
var commands = 0;

app.MapGet("/", () => Environment.GetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES") ?? string.Empty);
app.MapGet("/environment", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value));
app.MapGet("/commands", () => commands);
app.MapPost("/commands", (int? count) => commands += count ?? 1);

app.Run();
