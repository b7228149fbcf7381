using System.Reflection;
using ApiPoc.Domain.Throttling;
using ApiPoc.Redis.Throttling;
using ApiPoc.Testing;
using StackExchange.Redis;

namespace ApiPoc.Redis.Tests.Throttling;

/// <summary>The production script on a real Redis, in virtual time.</summary>
internal sealed class VirtualRedis(IConnectionMultiplexer redis, ManualTimeProvider clock, string keyPrefix)
{
    private static readonly RedisScript Script = RedisScript.FromText(
        Resource(typeof(VirtualRedis).Assembly, "VirtualTime.lua") + Resource(typeof(RedisAdmission).Assembly, "admit.lua"));

    private readonly RedisAdmission _admission = new(
        redis, new RedisAdmissionOptions { KeyPrefix = keyPrefix, Timeout = TimeSpan.FromSeconds(20) }, Script);

    public async Task<AdmissionDecision> AdmitAsync(IReadOnlyList<Limit> limits, int cost)
    {
        await SetClockAsync();
        return await _admission.AdmitAsync(limits, cost);
    }

    public async Task ReturnAsync(AdmissionDecision charged, int cost)
    {
        await SetClockAsync();
        await _admission.ReturnAsync(charged, cost);
    }

    private Task SetClockAsync()
    {
        long microseconds = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return redis.GetDatabase().StringSetAsync("virtual:clock", microseconds);
    }

    private static string Resource(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
