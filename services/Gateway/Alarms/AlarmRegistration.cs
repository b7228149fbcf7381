using ApiPoc.Messaging.Events;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Alarms;

/// <summary>Registers alarms.</summary>
internal static class AlarmRegistration
{
    /// <summary>Adds alarms; they need <c>AddRedisClient</c>, and publish on the topic of throttle events.</summary>
    public static IHostApplicationBuilder AddAlarms(this IHostApplicationBuilder builder)
    {
        builder.AddThrottleEvents();
        builder.AddCheckedOptions<AlarmOptions>(AlarmOptions.Section);
        builder.Services.TryAddSingleton<AlarmRecorder>();
        builder.Services.TryAddSingleton<RedisAlarms>();
        builder.Services.TryAddSingleton<AlarmJudge>();
        builder.Services.AddHostedService<AlarmService>();
        return builder;
    }
}
