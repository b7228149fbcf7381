using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace ApiPoc.Gateway.ApiKeys;

/// <summary>Keeps Data Protection's key ring in Redis, so that every gateway process can decrypt what another encrypted.</summary>
internal sealed class RedisKeyRing(IConnectionMultiplexer redis) : IXmlRepository
{
    private const string Key = "gateway:data-protection";

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() => [.. redis.GetDatabase().ListRange(Key).Select(item => XElement.Parse((string)item!))];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => redis.GetDatabase().ListRightPush(Key, element.ToString(SaveOptions.DisableFormatting));
}
