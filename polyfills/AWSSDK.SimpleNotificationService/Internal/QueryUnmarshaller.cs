using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>An answer of the query protocol: <c>OpResponse</c> with <c>OpResult</c> (absent for void operations) and <c>ResponseMetadata</c>.</summary>
internal sealed class QueryUnmarshaller(Func<QueryResult, AmazonWebServiceResponse> read) : XmlResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var root = XDocument.Load(input.Stream).Root;
        var result = root?.Elements().FirstOrDefault(child => child.Name.LocalName.EndsWith("Result", StringComparison.Ordinal));
        var response = read(new QueryResult(result));
        response.ResponseMetadata = new ResponseMetadata { RequestId = QueryResult.Child(QueryResult.Child(root, "ResponseMetadata"), "RequestId")?.Value };
        return response;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
        return error.Code switch
        {
            "NotFound" => new NotFoundException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "InvalidParameter" => new InvalidParameterException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "AuthorizationError" => new AuthorizationErrorException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            _ => new AmazonSimpleNotificationServiceException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
        };
    }
}
