using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Two entries of a batch have the same id.</summary>
public partial class BatchEntryIdsNotDistinctException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The batch is longer than allowed.</summary>
public partial class BatchRequestTooLongException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The batch has no entries.</summary>
public partial class EmptyBatchRequestException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>An attribute of that name does not exist.</summary>
public partial class InvalidAttributeNameException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>An attribute's value is not allowed.</summary>
public partial class InvalidAttributeValueException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>An entry's id is malformed.</summary>
public partial class InvalidBatchEntryIdException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The body holds characters that are not allowed.</summary>
public partial class InvalidMessageContentsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The message is not in flight.</summary>
public partial class MessageNotInflightException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>A limit of the service is reached.</summary>
public partial class OverLimitException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The queue was purged less than a minute ago.</summary>
public partial class PurgeQueueInProgressException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>A queue of that name was deleted less than a minute ago.</summary>
public partial class QueueDeletedRecentlyException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>There is no such queue.</summary>
public partial class QueueDoesNotExistException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The queue exists with other attributes.</summary>
public partial class QueueNameExistsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The receipt is not valid.</summary>
public partial class ReceiptHandleIsInvalidException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>Too many requests.</summary>
public partial class RequestThrottledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The batch has more than ten entries.</summary>
public partial class TooManyEntriesInBatchRequestException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The operation is not supported.</summary>
public partial class UnsupportedOperationException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonSQSException(message, innerException, errorType, errorCode, requestId, statusCode);
