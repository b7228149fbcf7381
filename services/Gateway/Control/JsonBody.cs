using System.Reflection;
using System.Text.Json;

namespace ApiPoc.Gateway.Control;

/// <summary>
/// A request's body, read whatever its media type says: SDKs name several or none. An empty one is an empty object, as some
/// clients send it.
/// </summary>
/// <param name="Value">What it holds.</param>
internal sealed record JsonBody<T>(T Value) : IBindableFromHttpContext<JsonBody<T>>
    where T : class
{
    /// <inheritdoc/>
    /// <exception cref="ControlException">It is not JSON, or not of this shape.</exception>
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new JsonBody<T>(Read(body.Length == 0 ? "{}"u8 : body.GetBuffer().AsSpan(0, (int)body.Length)));
    }

    private static T Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var value = JsonSerializer.Deserialize<T>(json, ControlJson.Options)
                ?? throw new ControlException(ControlError.BadRequest("Invalid request body: an object is expected"));
            RefuseNullItems(json);
            return value;
        }
        catch (JsonException malformed)
        {
            // The exception's own text may quote the body, which may hold a key's value.
            throw new ControlException(ControlError.BadRequest(
                $"Invalid request body: {malformed.Path ?? "$"}, line {malformed.LineNumber + 1}, column {malformed.BytePositionInLine + 1}"));
        }
    }

    // The serializer puts a null into any list, whatever the list is of; a member that is null counts as left out.
    private static void RefuseNullItems(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ControlJson.Options.MaxDepth });
        var isNamed = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null && !isNamed && reader.CurrentDepth > 0)
                throw new ControlException(ControlError.BadRequest("Invalid request body: null in a list"));
            isNamed = reader.TokenType == JsonTokenType.PropertyName;
        }
    }
}
