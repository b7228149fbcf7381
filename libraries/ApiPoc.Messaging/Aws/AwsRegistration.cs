using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Messaging.Aws;

/// <summary>Registers the clients of SQS and SNS.</summary>
public static class AwsRegistration
{
    /// <summary>
    /// Adds <see cref="IAmazonSQS"/> and <see cref="IAmazonSimpleNotificationService"/> as <see cref="AwsEnvironment"/> has them.
    /// </summary>
    public static IHostApplicationBuilder AddAwsMessaging(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddSingleton<AwsEnvironment>();
        builder.Services.TryAddSingleton<IAmazonSQS>(services => services.GetRequiredService<AwsEnvironment>().CreateSqs(new AmazonSQSConfig()));
        builder.Services.TryAddSingleton<IAmazonSimpleNotificationService>(
            services => services.GetRequiredService<AwsEnvironment>().CreateSns(new AmazonSimpleNotificationServiceConfig()));
        return builder;
    }
}
