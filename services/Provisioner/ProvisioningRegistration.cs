using Amazon.DynamoDBv2;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using ApiPoc.Messaging.Aws;
using ApiPoc.Provisioner.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Provisioner;

/// <summary>Registers provisioning, and runs it to its exit code.</summary>
internal static class ProvisioningRegistration
{
    public static IHostApplicationBuilder AddProvisioning(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<ProvisionerOptions>(ProvisionerOptions.Section);
        builder.AddAwsMessaging();
        builder.NeedAws<AmazonSQSConfig>().NeedAws<AmazonSimpleNotificationServiceConfig>().NeedAws<AmazonDynamoDBConfig>();
        builder.Services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IResourceHandler, QueueHandler>(),
            ServiceDescriptor.Singleton<IResourceHandler, QueuePolicyHandler>(),
            ServiceDescriptor.Singleton<IResourceHandler, TopicHandler>(),
            ServiceDescriptor.Singleton<IResourceHandler, SubscriptionHandler>(),
            ServiceDescriptor.Singleton<IResourceHandler, TableHandler>(),
        ]);
        builder.Services.TryAddSingleton<IAmazonDynamoDB>(services => CreateDynamoDb(services.GetRequiredService<AwsEnvironment>()));
        builder.Services.AddSingleton<EndpointWait>();
        builder.Services.AddSingleton<TemplateProvisioner>();
        builder.Services.AddSingleton<ProvisioningResult>();
        builder.Services.AddHostedService<ProvisioningRun>();
        return builder;
    }

    /// <summary>Runs until all is provisioned.</summary>
    /// <returns>0 when it is; 1 when it could not start, failed or was stopped before.</returns>
    public static async Task<int> RunToCompletionAsync(this IHost host)
    {
        var result = host.Services.GetRequiredService<ProvisioningResult>();
        var exitCode = await host.RunServiceAsync();
        return result.IsCompleted ? exitCode : 1;
    }

    private static AmazonDynamoDBClient CreateDynamoDb(AwsEnvironment aws)
    {
        var config = aws.Apply(new AmazonDynamoDBConfig());
        return aws.Credentials is { } credentials ? new AmazonDynamoDBClient(credentials, config) : new AmazonDynamoDBClient(config);
    }
}
