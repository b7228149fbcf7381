using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ApiPoc.Provisioner.Templates;

namespace ApiPoc.Provisioner.Resources;

/// <summary>Tables, billed by request. <c>Ref</c> is the table's name. A table's keys cannot be changed, only found to differ.</summary>
internal sealed class TableHandler(IAmazonDynamoDB dynamoDb, TimeProvider time) : IResourceHandler
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public string Type => "AWS::DynamoDB::Table";

    public IReadOnlySet<string> Properties { get; } =
        new SortedSet<string>(["AttributeDefinitions", "BillingMode", "KeySchema", "TableName"], StringComparer.Ordinal);

    public async Task<ProvisionedResource> ApplyAsync(ResourceProperties properties, CancellationToken cancellationToken)
    {
        var name = properties.Required("TableName");
        var keys = properties.List("KeySchema").Select(Read<Key>).ToList();
        if (await FindAsync(name, cancellationToken) is not { } table)
            return Describe(await CreateAsync(name, keys, properties, cancellationToken), "created");
        if (!table.KeySchema.Select(key => (key.AttributeName, key.KeyType.Value)).SequenceEqual(keys.Select(key => (key.AttributeName, key.KeyType))))
            throw new TemplateException([$"The table {name} exists with other keys, which cannot be changed."]);
        return Describe(table, "unchanged");
    }

    private async Task<TableDescription> CreateAsync(string name, List<Key> keys, ResourceProperties properties, CancellationToken cancellationToken)
    {
        await dynamoDb.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.FindValue(properties.Required("BillingMode")),
                KeySchema = [.. keys.Select(key => new KeySchemaElement(key.AttributeName, KeyType.FindValue(key.KeyType)))],
                AttributeDefinitions = [.. properties.List("AttributeDefinitions").Select(Read<Attribute>)
                    .Select(attribute => new AttributeDefinition(attribute.AttributeName, ScalarAttributeType.FindValue(attribute.AttributeType)))],
            },
            cancellationToken);
        while (true)
        {
            if (await FindAsync(name, cancellationToken) is { } table && table.TableStatus == TableStatus.ACTIVE)
                return table;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<TableDescription?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await dynamoDb.DescribeTableAsync(name, cancellationToken)).Table;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json) ?? throw new TemplateException([$"{json} is not understood."]);

    private static ProvisionedResource Describe(TableDescription table, string change) =>
        new(table.TableName, new Dictionary<string, string>(StringComparer.Ordinal) { ["Arn"] = table.TableArn }, change);

    private sealed record Key(string AttributeName, string KeyType);

    private sealed record Attribute(string AttributeName, string AttributeType);
}
