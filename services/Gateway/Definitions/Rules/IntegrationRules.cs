namespace ApiPoc.Gateway.Definitions;

/// <summary>What an integration must hold.</summary>
internal static class IntegrationRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(29);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>Checks one integration of the resource <paramref name="path"/>.</summary>
    public static void Validate(IntegrationDefinition integration, string path, DefinitionErrors errors)
    {
        object?[] kinds = [integration.Http, integration.Mock, integration.Sqs, integration.DynamoDb];
        int count = kinds.Count(kind => kind is not null);
        errors.Check(count == 1, "", $"{count} kinds", "exactly one of http, mock, sqs, dynamoDb");
        errors.Check(integration.Concurrency is null or (>= 1 and <= 100_000), "concurrency", integration.Concurrency, "1 to 100000");
        errors.Check(integration.Timeout >= Shortest && integration.Timeout <= Longest, "timeout", integration.Timeout, "00:00:00.050 to 00:00:29");
        if (integration.Http is { } http)
            CheckHttp(http, path, errors.At("http"));
        if (integration.Mock is { } mock)
            CheckMock(mock, errors.At("mock"));
        if (integration.Sqs is { } sqs)
            errors.Check(sqs.Queue.Length > 0, "sqs", "no queue", "a queue's name");
        if (integration.DynamoDb is { } table)
            CheckTable(table, errors.At("dynamoDb"));
    }

    private static void CheckHttp(HttpIntegrationDefinition http, string path, DefinitionErrors errors)
    {
        errors.Check(http.Uri.Length > 0, "uri", null, "an address");
        foreach (string name in PathTemplate.ParametersOf(http.Uri))
            errors.Check(ResourceRules.IsPathParameter(path, name), "uri", $"{{{name}}}", $"no such parameter in {path}");
    }

    private static void CheckMock(MockIntegrationDefinition mock, DefinitionErrors errors)
    {
        errors.Check(mock.Status is >= 200 and <= 599, "status", mock.Status, "200 to 599");
        errors.Check(mock.Delay >= TimeSpan.Zero && mock.Delay <= LongestDelay, "delay", mock.Delay, "00:00:00 to 00:00:30");
    }

    private static void CheckTable(DynamoDbIntegrationDefinition table, DefinitionErrors errors)
    {
        errors.Check(table.Table.Length > 0, "table", null, "a table's name");
        errors.Check(table.Attributes.Count > 0, "attributes", "none", "at least one member to store");
        foreach (var (name, type) in table.Attributes)
            errors.At("attributes").Check(type is "S" or "N", name, type, "S or N");
    }
}
