using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Quotas;

/// <summary>Gives an engine for quotas nobody else knows, to go through what is asked of the real one; their state is deleted in the end.</summary>
public sealed class QuotaRehearsal
{
    private readonly IServiceProvider _services;

    internal QuotaRehearsal(IServiceProvider services) => _services = services;

    /// <summary>Runs it.</summary>
    /// <param name="apis">The APIs it is about.</param>
    /// <param name="rehearse">What is done with the engine.</param>
    /// <exception cref="QuotaUnavailableException">Redis did not answer.</exception>
    public async Task RunAsync(IOptions<ApisOptions> apis, Func<IQuotaEngine, Task> rehearse)
    {
        ArgumentNullException.ThrowIfNull(apis);
        ArgumentNullException.ThrowIfNull(rehearse);
        var store = _services.GetRequiredService<QuotaStore>();
        // The real gate tells the real engine what it hears.
        await using var gate = Make<QuotaGate>();
        using var engine = Make<RedisQuotaEngine>(Make<SharedQuotas>(apis), gate);
        try
        {
            await rehearse(engine);
        }
        finally
        {
            foreach (string apiId in apis.Value.Keys)
                await EndAsync(engine, store, apiId);
        }
    }

    private static async Task EndAsync(RedisQuotaEngine engine, QuotaStore store, string apiId)
    {
        try
        {
            // What has gathered would be written after the end, and bring the state back.
            await engine.AskAsync(apiId, [], CancellationToken.None);
        }
        finally
        {
            await store.DeleteAsync(apiId);
        }
    }

    private TPart Make<TPart>(params object[] others) => ActivatorUtilities.CreateInstance<TPart>(_services, others);
}
