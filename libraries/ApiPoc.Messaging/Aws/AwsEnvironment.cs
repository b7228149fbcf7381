using Amazon;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Microsoft.Extensions.Configuration;

namespace ApiPoc.Messaging.Aws;

/// <summary>
/// Where AWS is and who asks, from configuration under the names of the AWS SDK's own environment variables:
/// <c>AWS_ENDPOINT_URL_{SERVICE}</c>, <c>AWS_ENDPOINT_URL</c>, <c>AWS_REGION</c>, <c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c>,
/// <c>AWS_SESSION_TOKEN</c>. What is absent the SDK finds its own way: profiles, container and instance roles.
/// </summary>
public sealed class AwsEnvironment(IConfiguration configuration)
{
    internal const string EndpointUrl = "AWS_ENDPOINT_URL";
    internal const string Region = "AWS_REGION";
    internal const string AccessKeyId = "AWS_ACCESS_KEY_ID";
    internal const string SecretAccessKey = "AWS_SECRET_ACCESS_KEY";

    /// <summary>Points a client's configuration to the endpoint and region.</summary>
    public TConfig Apply<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        ArgumentNullException.ThrowIfNull(config);
        var region = Value(Region);
        if ((Value(EndpointVariable(config)) ?? Value(EndpointUrl)) is { } url)
        {
            // In this order: setting one clears the other, and a custom endpoint needs the region only for signing.
            config.ServiceURL = url;
            config.AuthenticationRegion = region ?? config.AuthenticationRegion;
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }

    /// <summary>The configured credentials, or null to let the SDK look for some.</summary>
    public AWSCredentials? Credentials => (Value(AccessKeyId), Value(SecretAccessKey), Value("AWS_SESSION_TOKEN")) switch
    {
        ({ } id, { } secret, { } token) => new SessionAWSCredentials(id, secret, token),
        ({ } id, { } secret, null) => new BasicAWSCredentials(id, secret),
        _ => null,
    };

    /// <summary>A client of SQS with settings of its own, e.g. how often to retry.</summary>
    public IAmazonSQS CreateSqs(AmazonSQSConfig config)
    {
        Apply(config);
        return Credentials is { } credentials ? new AmazonSQSClient(credentials, config) : new AmazonSQSClient(config);
    }

    /// <summary>A client of SNS with settings of its own.</summary>
    public IAmazonSimpleNotificationService CreateSns(AmazonSimpleNotificationServiceConfig config)
    {
        Apply(config);
        return Credentials is { } credentials
            ? new AmazonSimpleNotificationServiceClient(credentials, config)
            : new AmazonSimpleNotificationServiceClient(config);
    }

    /// <summary>The variable that gives one service an endpoint of its own.</summary>
    internal static string EndpointVariable(ClientConfig config) => $"{EndpointUrl}_{config.ServiceId.ToUpperInvariant()}";

    /// <summary>A variable's value; null when it is empty as well.</summary>
    internal string? Value(string name) => configuration[name] is { Length: > 0 } value ? value : null;
}
