using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ApiPoc.ServiceDefaults.Telemetry;

/// <summary>Logs on standard output: lines for people in Development, JSON elsewhere; both with the trace's id.</summary>
internal static class ConsoleLogs
{
    public static void AddConsoleLogs(this IHostApplicationBuilder builder)
    {
        builder.Logging.Configure(options =>
            options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        builder.Logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddJsonConsole(options => options.IncludeScopes = true);

        // The host logs each failure to start with its stack trace; RunServiceAsync prints it as one line. What is critical stays.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        // /ready says what fails, and whoever needs it says so; this would say it again at every probe, as an error with a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

        // One line per call and per request is what traces are for.
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        builder.Services.Configure<ConsoleLoggerOptions>(options => options.FormatterName = builder.Configuration["Logging:Console:FormatterName"] switch
        {
            null when !builder.Environment.IsDevelopment() => ConsoleFormatterNames.Json,

            // The app model asks for "simple", which is for people and knows of no trace; so is ours, and it does.
            null or ConsoleFormatterNames.Simple => LineFormatter.FormatterName,
            var named => named,
        });
    }
}
