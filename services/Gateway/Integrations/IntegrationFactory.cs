using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Deployments;

namespace ApiPoc.Gateway.Integrations;

/// <summary>Makes integrations.</summary>
internal sealed class IntegrationFactory(BackendClient client, AwsClients aws, TimeProvider clock)
{
    /// <summary>The integration of <paramref name="definition"/> in <paramref name="stage"/>; its rules have been checked.</summary>
    public IIntegration Create(IntegrationDefinition definition, DeployedStage stage) => definition switch
    {
        { Http: { } http } => new HttpIntegration(definition, new AddressTemplate(PathTemplate.WithVariables(http.Uri, stage.Variables)), client, clock),
        { Sqs: { } sqs } => new SqsIntegration(sqs, aws, definition.Timeout, clock),
        { DynamoDb: { } table } => new DynamoDbIntegration(table, aws, definition.Timeout, clock),
        _ => new MockIntegration(definition, clock),
    };
}
