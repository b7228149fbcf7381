using Amazon.SQS;
using Amazon.SQS.Model;

namespace ApiPoc.Messaging.Sqs;

/// <summary>Recognises "this receipt is no longer yours", which SQS says in several ways.</summary>
internal static class StaleReceipt
{
    public static bool Explains(Exception exception) => exception switch
    {
        ReceiptHandleIsInvalidException or MessageNotInflightException => true,

        // SQS itself: "Value … for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility
        // timeout change." and, 12 h after the receive, "Total VisibilityTimeout for the message is beyond the limit".
        AmazonSQSException { ErrorCode: { } code, Message: var message } => code.Contains("InvalidParameterValue", StringComparison.Ordinal)
            && (message.Contains("ReceiptHandle", StringComparison.Ordinal) || message.Contains("Total VisibilityTimeout", StringComparison.Ordinal)),
        _ => false,
    };
}
