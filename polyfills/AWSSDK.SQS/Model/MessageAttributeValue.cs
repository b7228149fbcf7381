namespace Amazon.SQS.Model;

/// <summary>A typed value that travels beside a message's body.</summary>
public partial class MessageAttributeValue
{
    public string DataType { get; set; }

    public string StringValue { get; set; }

    public MemoryStream BinaryValue { get; set; }
}
