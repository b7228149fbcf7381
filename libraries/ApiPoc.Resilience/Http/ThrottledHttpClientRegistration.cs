using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Quotas;
using ApiPoc.Resilience.Breaker;
using ApiPoc.Resilience.Http;
using ApiPoc.Resilience.Quotas;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds HTTP clients that share a quota and a breaker with every other process that calls the same API.</summary>
public static class ThrottledHttpClientRegistration
{
    // For the body, after the headers have come in time.
    private static readonly TimeSpan BodyAllowance = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds the named client <paramref name="apiId"/>, whose calls take permits of the API's shared quota, wait for their moments, and pass the API's
    /// shared breaker. Needs <c>AddRedisClient</c>, <c>AddBreaker</c> and <c>AddQuotaEngine</c>. The API is described in section <c>Apis:&lt;api_id&gt;</c>,
    /// which is bound unless <see cref="ApisOptions"/> are registered already.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="apiId">The API and the client's name.</param>
    /// <param name="configure">Changes the client's own options; they are checked at start.</param>
    public static IHttpClientBuilder AddThrottledHttpClient(
        this IServiceCollection services, string apiId, Action<ThrottledHttpClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(apiId);

        services.AddShared();
        services.AddOptions<ThrottledHttpClientOptions>(apiId).Configure(configure ?? (_ => { })).ValidateDataAnnotations().ValidateOnStart();
        return services.AddHttpClient(apiId)
            .ConfigureHttpClient((provider, client) => Configure(client, ApiOf(provider, apiId), OptionsOf(provider, apiId)))
            // A redirect would be a call beside the quota.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
            .AddHttpMessageHandler(provider => new ThrottledHandler(
                apiId, ApiOf(provider, apiId), BuildPipeline(provider, apiId), provider.GetRequiredService<SharedBreaker>()));
    }

    private static void AddShared(this IServiceCollection services)
    {
        if (!services.Any(service => service.ServiceType == typeof(IConfigureOptions<ApisOptions>)))
            services.AddOptions<ApisOptions>().BindConfiguration(ApisOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IThrottleEvents, UnheardEvents>();
        services.TryAddSingleton<SlowStart>();
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<PermitDesks>(provider, provider.GetRequiredService<SlowStart>()));
        services.TryAddSingleton<SharedBreaker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ThrottledHttpClientOptions>, ThrottledHttpClientValidator>());
        services.AddHostedService<BreakerListener>();
    }

    private static void Configure(HttpClient client, ApiOptions api, ThrottledHttpClientOptions options)
    {
        client.BaseAddress = new($"{api.BaseAddress!.AbsoluteUri.TrimEnd('/')}/");
        client.Timeout = options.MaxWait + api.Timeout + BodyAllowance;
    }

    /// <summary>From the outside in: the quota, so that every attempt has a permit; the breaker, asked when a call is about to leave; the time limit of one call.</summary>
    private static ResiliencePipeline<HttpResponseMessage> BuildPipeline(IServiceProvider provider, string apiId)
    {
        var (api, options) = (ApiOf(provider, apiId), OptionsOf(provider, apiId));
        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = provider.GetRequiredService<TimeProvider>() }
            .AddThrottleQuota(new()
            {
                Desk = provider.GetRequiredService<PermitDesks>()[apiId],
                Quota = provider.GetRequiredService<SlowStart>(),
                Gate = provider.GetRequiredService<IQuotaGate>(),
                TrustHeaders = api.TrustHeaders,
                MaxWait = options.MaxWait,
                Request = context => ThrottledCall.PermitFor(context, api, options.Tenant),
            })
            .AddSharedBreaker(new() { ApiId = apiId, Breaker = provider.GetRequiredService<SharedBreaker>() })
            .AddTimeout(api.Timeout)
            .Build();
    }

    private static ApiOptions ApiOf(IServiceProvider provider, string apiId) => provider.GetRequiredService<IOptions<ApisOptions>>().Value[apiId];

    private static ThrottledHttpClientOptions OptionsOf(IServiceProvider provider, string apiId) =>
        provider.GetRequiredService<IOptionsMonitor<ThrottledHttpClientOptions>>().Get(apiId);
}
