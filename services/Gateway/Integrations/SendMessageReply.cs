using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Amazon.SQS.Model;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Integrations;

/// <summary>Writes SQS's SendMessage response as its query protocol does: what API Gateway passes on without a mapping template.</summary>
internal static class SendMessageReply
{
    private static readonly XNamespace Namespace = "http://queue.amazonaws.com/doc/2012-11-05/";

    /// <summary>The response to <paramref name="call"/>.</summary>
    public static BufferedAnswer Write(SendMessageResponse sent, GatewayCall call)
    {
        // Emulators of SQS do not all name their request; the call's own id serves as well.
        string requestId = sent.ResponseMetadata?.RequestId is { Length: > 0 } given ? given : call.RequestId;
        return WantsXml(call.Request)
            ? BufferedAnswer.Of(StatusCodes.Status200OK, "application/xml", Encoding.UTF8.GetBytes(Xml(sent, requestId)))
            : BufferedAnswer.Of(StatusCodes.Status200OK, "application/json", Json(sent, requestId));
    }

    private static bool WantsXml(HttpRequest request)
    {
        string accept = request.Headers.Accept.ToString();
        return accept.Contains("application/xml", StringComparison.OrdinalIgnoreCase) && !accept.Contains("json", StringComparison.OrdinalIgnoreCase);
    }

    private static byte[] Json(SendMessageResponse sent, string requestId)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("SendMessageResponse");
            json.WriteStartObject("ResponseMetadata");
            json.WriteString("RequestId", requestId);
            json.WriteEndObject();
            json.WriteStartObject("SendMessageResult");
            json.WriteString("MD5OfMessageAttributes", sent.MD5OfMessageAttributes);
            json.WriteString("MD5OfMessageBody", sent.MD5OfMessageBody);
            json.WriteString("MD5OfMessageSystemAttributes", sent.MD5OfMessageSystemAttributes);
            json.WriteString("MessageId", sent.MessageId);
            json.WriteString("SequenceNumber", sent.SequenceNumber);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static string Xml(SendMessageResponse sent, string requestId)
    {
        var result = new XElement(
            Namespace + "SendMessageResult",
            new XElement(Namespace + "MessageId", sent.MessageId),
            new XElement(Namespace + "MD5OfMessageBody", sent.MD5OfMessageBody));
        var response = new XElement(
            Namespace + "SendMessageResponse",
            result,
            new XElement(Namespace + "ResponseMetadata", new XElement(Namespace + "RequestId", requestId)));
        return $"<?xml version=\"1.0\"?>{response.ToString(SaveOptions.DisableFormatting)}";
    }
}
