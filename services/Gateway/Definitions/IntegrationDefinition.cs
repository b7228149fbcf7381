namespace ApiPoc.Gateway.Definitions;

/// <summary>What answers a method: exactly one of <see cref="Http"/>, <see cref="Mock"/>, <see cref="Sqs"/>, <see cref="DynamoDb"/>.</summary>
internal sealed record IntegrationDefinition
{
    /// <summary>Calls in progress at one time; more are answered with 500, as an exhausted function is. 1 to 100,000; unlimited by default.</summary>
    public int? Concurrency { get; init; }

    /// <summary>How long the back end may take, until 504; 50 ms to 29 s, default 29 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(29);

    /// <summary>Forwards the request.</summary>
    public HttpIntegrationDefinition? Http { get; init; }

    /// <summary>Answers by itself.</summary>
    public MockIntegrationDefinition? Mock { get; init; }

    /// <summary>Sends the body to a queue.</summary>
    public SqsIntegrationDefinition? Sqs { get; init; }

    /// <summary>Puts the body's members into a table.</summary>
    public DynamoDbIntegrationDefinition? DynamoDb { get; init; }
}

/// <summary>An HTTP proxy integration.</summary>
internal sealed record HttpIntegrationDefinition
{
    /// <summary>
    /// The address, with <c>{name}</c> for a path parameter and <c>${stageVariables.name}</c> for a stage's variable, e.g.
    /// <c>${stageVariables.externalApi}/{proxy}</c>. The caller's query is appended.
    /// </summary>
    public string Uri { get; init; } = "";

    /// <summary>The method sent; default the caller's.</summary>
    public string? Method { get; init; }
}

/// <summary>A mock integration.</summary>
internal sealed record MockIntegrationDefinition
{
    /// <summary>The status answered; 200 to 599, default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The body, with <c>{name}</c> for a path parameter; default <c>{}</c>.</summary>
    public string Body { get; init; } = "{}";

    /// <summary>The body's media type; default <c>application/json</c>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>More headers of the answer.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>How long it works before it answers; 0 to 30 s, default 0.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>A query parameter by which the caller may choose the delay in milliseconds, for trying concurrency limits; none by default.</summary>
    public string? DelayParameter { get; init; }
}

/// <summary>An SQS SendMessage integration; the answer is SQS's own.</summary>
internal sealed record SqsIntegrationDefinition
{
    /// <summary>The queue's name.</summary>
    public string Queue { get; init; } = "";
}

/// <summary>A DynamoDB PutItem integration.</summary>
internal sealed record DynamoDbIntegrationDefinition
{
    /// <summary>The table's name.</summary>
    public string Table { get; init; } = "";

    /// <summary>The body's members that are stored, and their DynamoDB types: <c>S</c> or <c>N</c>.</summary>
    public Dictionary<string, string> Attributes { get; init; } = [];

    /// <summary>The body answered when it was stored.</summary>
    public string Answer { get; init; } = """{"message":"Successfully inserted data!"}""";
}
