using System.Text.Json;
using System.Text.Json.Serialization;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Redis.Quotas;

/// <summary>The state as it stands in Redis. A state of another layout reads as none: quotas are learned again within a period.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(QuotaState))]
internal sealed partial class QuotaStateJson : JsonSerializerContext
{
    public static string Write(QuotaState state) => JsonSerializer.Serialize(state, Default.QuotaState);

    public static QuotaState? Read(string json)
    {
        if (json.Length == 0) return null;
        try
        {
            return JsonSerializer.Deserialize(json, Default.QuotaState);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
