using ApiPoc.Messaging.Aws;
using ApiPoc.Messaging.Sqs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Messaging;

/// <summary>What every queue and topic of this library needs.</summary>
internal static class MessagingRegistration
{
    public static void AddMessaging(this IHostApplicationBuilder builder)
    {
        builder.AddAwsMessaging();
        builder.Services.AddOptions<MessagingOptions>().BindConfiguration(MessagingOptions.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<MessagingMetrics>();
        builder.Services.TryAddSingleton<SqsClients>();
    }
}
