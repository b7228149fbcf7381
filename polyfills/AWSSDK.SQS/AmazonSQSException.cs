using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>The base of every error SQS answers.</summary>
public partial class AmazonSQSException : AmazonServiceException
{
    public AmazonSQSException(string message) : base(message)
    {
    }

    public AmazonSQSException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
