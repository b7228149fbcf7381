using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;

namespace Amazon.SQS.Internal;

/// <summary>The models as the service's JSON: their own members under their own names, nulls left out, blobs in base64.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new BlobConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepOnlyOwnMembers } },
    };

    // AWSSDK.Core's base classes carry the call's own state, which never travels.
    private static void KeepOnlyOwnMembers(JsonTypeInfo type)
    {
        if (!typeof(AmazonWebServiceResponse).IsAssignableFrom(type.Type) && !typeof(AmazonWebServiceRequest).IsAssignableFrom(type.Type)) return;
        var own = type.Type.GetProperties().Where(property => property.DeclaringType == type.Type).Select(property => property.Name).ToHashSet();
        foreach (var property in type.Properties.ToArray())
            if (property.AttributeProvider is not System.Reflection.PropertyInfo { Name: var name } || !own.Contains(name))
                type.Properties.Remove(property);
    }

    private sealed class BlobConverter : JsonConverter<MemoryStream>
    {
        public override MemoryStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToArray());
    }
}
