using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

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

    /// <summary>
    /// Has the start end with a line per error when the environment cannot say where this service is, or says it wrongly, instead of with the
    /// first client's exception. Where a service can be done without, leave this out.
    /// </summary>
    /// <typeparam name="TConfig">The configuration of the service's client, e.g. <see cref="AmazonSQSConfig"/>.</typeparam>
    public static IHostApplicationBuilder NeedAws<TConfig>(this IHostApplicationBuilder builder)
        where TConfig : ClientConfig, new()
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddSingleton<AwsEnvironment>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AwsNeeds>, AwsNeedsValidator>());
        builder.Services.AddOptions<AwsNeeds>().Configure(needs => needs.Add<TConfig>()).ValidateOnStart();
        return builder;
    }
}
