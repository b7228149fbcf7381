using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;
using ApiPoc.Gateway.Validation;

namespace ApiPoc.Gateway.Integrations;

/// <summary>Puts members of the JSON body into a table.</summary>
internal sealed class DynamoDbIntegration(DynamoDbIntegrationDefinition definition, AwsClients aws, TimeSpan timeout, TimeProvider clock) : IIntegration
{
    private readonly BufferedAnswer _stored = BufferedAnswer.Of(StatusCodes.Status200OK, "application/json", Encoding.UTF8.GetBytes(definition.Answer));

    /// <inheritdoc/>
    public async ValueTask<IGatewayAnswer> InvokeAsync(GatewayCall call)
    {
        if (ItemOf(await call.ReadBodyAsync()) is not { } item)
            return new Refusal(call.Errors.InvalidRequestBody);
        var token = call.StartTimeout(timeout, clock);
        try
        {
            await aws.DynamoDb.PutItemAsync(new PutItemRequest { TableName = definition.Table, Item = item }, token);
            return _stored;
        }
        catch (AmazonServiceException refusal)
        {
            return AwsFailure.Answer(refusal);
        }
        catch (Exception failure) when (AwsFailure.IsUnreachable(failure))
        {
            throw new IntegrationException($"DynamoDB: {failure.GetType().Name}", failure);
        }
    }

    private Dictionary<string, AttributeValue>? ItemOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, JsonBody.Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var item = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
            foreach (var (name, type) in definition.Attributes)
            {
                if (document.RootElement.TryGetProperty(name, out var value))
                    item[name] = type == "N" ? new AttributeValue { N = Text(value) } : new AttributeValue { S = Text(value) };
            }
            return item;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The latter tells of text that is no Unicode.
            return null;
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
