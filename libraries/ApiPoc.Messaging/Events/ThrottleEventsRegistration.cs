using Amazon.SimpleNotificationService;
using Amazon.SQS;
using ApiPoc.Domain.Events;
using ApiPoc.Messaging.Sqs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.Messaging.Events;

/// <summary>Registers the two ends of throttle events.</summary>
public static class ThrottleEventsRegistration
{
    /// <summary>Adds <see cref="IThrottleEvents"/>, which publishes on Amazon SNS in the background.</summary>
    public static IHostApplicationBuilder AddThrottleEvents(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(service => service.ServiceType == typeof(IThrottleEvents)))
            return builder;

        builder.AddMessaging<AmazonSimpleNotificationServiceConfig>();
        builder.Services.AddSingleton<EventsTopic>();
        builder.Services.AddSingleton<SnsThrottleEvents>();
        builder.Services.AddSingleton<IThrottleEvents>(services => services.GetRequiredService<SnsThrottleEvents>());
        builder.Services.AddHostedService<ThrottleEventPublisher>();
        return builder;
    }

    /// <summary>Adds <see cref="ThrottleEventReceiver"/>, which reads what was published from the notifier's queue.</summary>
    public static IHostApplicationBuilder AddThrottleEventReceiver(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.AddMessaging<AmazonSQSConfig>();
        builder.Services.AddSingleton(services => new ThrottleEventReceiver(
            services.GetRequiredService<SqsClients>(),
            services.GetRequiredService<IOptions<MessagingOptions>>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<MessagingMetrics>(),
            services.GetRequiredService<ILogger<ThrottleEventReceiver>>()));
        return builder;
    }
}
