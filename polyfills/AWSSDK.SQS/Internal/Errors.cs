using System.Net;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>The exception type of an error's name, as the last part of <c>__type</c> has it.</summary>
internal static class Errors
{
    public static AmazonSQSException Create(string name, ErrorResponse error, Exception cause, HttpStatusCode status) => name switch
    {
        "BatchEntryIdsNotDistinct" => new BatchEntryIdsNotDistinctException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "BatchRequestTooLong" => new BatchRequestTooLongException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "EmptyBatchRequest" => new EmptyBatchRequestException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "InvalidAttributeName" => new InvalidAttributeNameException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "InvalidAttributeValue" => new InvalidAttributeValueException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "InvalidBatchEntryId" => new InvalidBatchEntryIdException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "InvalidMessageContents" => new InvalidMessageContentsException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "MessageNotInflight" => new MessageNotInflightException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "OverLimit" => new OverLimitException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "PurgeQueueInProgress" => new PurgeQueueInProgressException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "QueueDeletedRecently" => new QueueDeletedRecentlyException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "QueueDoesNotExist" => new QueueDoesNotExistException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "QueueNameExists" => new QueueNameExistsException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "ReceiptHandleIsInvalid" => new ReceiptHandleIsInvalidException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "RequestThrottled" => new RequestThrottledException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "TooManyEntriesInBatchRequest" => new TooManyEntriesInBatchRequestException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        "UnsupportedOperation" => new UnsupportedOperationException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonSQSException(error.Message, cause, error.Type, error.Code, error.RequestId, status),
    };
}
