using Amazon.SimpleNotificationService;
using Amazon.SQS;
using ApiPoc.Messaging.Aws;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ApiPoc.Messaging.Tests.Aws;

/// <summary>What the environment must say. That it says nothing at all is a test of a process: in this one the SDK may find a profile.</summary>
public sealed class AwsNeedsTests
{
    [Theory]
    [InlineData("AWS_REGION=eu-west-1")]
    [InlineData("AWS_ENDPOINT_URL=http://localhost:4566")]
    [InlineData("AWS_ENDPOINT_URL_SQS=https://sqs.internal", "AWS_ENDPOINT_URL_SNS=https://sns.internal/")]
    [InlineData("AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=id", "AWS_SECRET_ACCESS_KEY=secret", "AWS_SESSION_TOKEN=token")]
    [InlineData("AWS_REGION=eu-west-1", "AWS_ENDPOINT_URL=", "AWS_ACCESS_KEY_ID=", "AWS_SECRET_ACCESS_KEY=")]
    public void Start_EnoughIsSaid_Validates(params string[] environment) => Assert.Empty(Errors(environment));

    [Theory]
    [InlineData("AWS_ENDPOINT_URL: 'localhost:4566': expected an address, e.g. http://localhost:4566", "AWS_ENDPOINT_URL=localhost:4566")]
    [InlineData("AWS_ENDPOINT_URL_SNS: 'sns': expected an address, e.g. http://localhost:4566", "AWS_REGION=eu-west-1", "AWS_ENDPOINT_URL_SNS=sns")]
    [InlineData("AWS_REGION: 'eu_west': expected the name of a region, e.g. eu-west-1", "AWS_REGION=eu_west")]
    [InlineData(
        "AWS_SECRET_ACCESS_KEY: (not set): required beside AWS_ACCESS_KEY_ID; without both, credentials of a profile or role are used",
        "AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=id")]
    [InlineData(
        "AWS_ACCESS_KEY_ID: (not set): required beside AWS_SECRET_ACCESS_KEY; without both, credentials of a profile or role are used",
        "AWS_REGION=eu-west-1", "AWS_SECRET_ACCESS_KEY=secret")]
    public void Start_SomethingIsWrong_SaysWhat(string error, params string[] environment) => Assert.Equal([error], Errors(environment));

    [Fact]
    public void Start_AnotherServicesEndpointIsWrong_IsNotOurConcern() =>
        Assert.Empty(Errors(["AWS_REGION=eu-west-1", "AWS_ENDPOINT_URL_S3=nowhere"]));

    private static IEnumerable<string> Errors(string[] environment)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            environment.Select(setting => setting.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1])));
        builder.NeedAws<AmazonSQSConfig>().NeedAws<AmazonSimpleNotificationServiceConfig>();
        using var host = builder.Build();

        var failure = Record.Exception(host.Services.GetRequiredService<IStartupValidator>().Validate);
        return failure is null ? [] : Assert.IsType<OptionsValidationException>(failure).Failures;
    }
}
