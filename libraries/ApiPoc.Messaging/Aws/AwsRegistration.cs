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
        builder.Services.TryAddSingleton<IAmazonSQS>(services => CreateSqs(services.GetRequiredService<AwsEnvironment>(), new AmazonSQSConfig()));
        builder.Services.TryAddSingleton<IAmazonSimpleNotificationService>(services => CreateSns(services.GetRequiredService<AwsEnvironment>()));
        return builder;
    }

    internal static AmazonSQSClient CreateSqs(AwsEnvironment aws, AmazonSQSConfig config)
    {
        aws.Apply(config);
        return aws.Credentials is { } credentials ? new AmazonSQSClient(credentials, config) : new AmazonSQSClient(config);
    }

    private static AmazonSimpleNotificationServiceClient CreateSns(AwsEnvironment aws)
    {
        var config = aws.Apply(new AmazonSimpleNotificationServiceConfig());
        return aws.Credentials is { } credentials
            ? new AmazonSimpleNotificationServiceClient(credentials, config)
            : new AmazonSimpleNotificationServiceClient(config);
    }
}
