using Amazon.Runtime;
using ApiPoc.Messaging.Aws;
using ApiPoc.Messaging.Sqs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Messaging;

/// <summary>What every queue and topic of this library needs.</summary>
internal static class MessagingRegistration
{
    /// <typeparam name="TConfig">The configuration of the client it cannot do without.</typeparam>
    public static void AddMessaging<TConfig>(this IHostApplicationBuilder builder)
        where TConfig : ClientConfig, new()
    {
        builder.AddAwsMessaging();
        builder.NeedAws<TConfig>();
        builder.Services.AddOptions<MessagingOptions>().BindConfiguration(MessagingOptions.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<MessagingMetrics>();
        builder.Services.TryAddSingleton<SqsClients>();
    }
}
