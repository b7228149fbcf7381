using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Authorizers;
using ApiPoc.Gateway.Caching;
using ApiPoc.Gateway.Concurrency;
using ApiPoc.Gateway.Explaining;
using ApiPoc.Gateway.Firewall;
using ApiPoc.Gateway.Integrations;
using ApiPoc.Gateway.Metrics;
using ApiPoc.Gateway.Planes;
using ApiPoc.Gateway.Routing;
using ApiPoc.Gateway.Throttling;
using ApiPoc.Gateway.Validation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Gateway.Pipeline;

/// <summary>Registers the data plane.</summary>
internal static class PipelineRegistration
{
    /// <summary>
    /// Adds the steps every call passes, in Amazon API Gateway's order (docs/gateway.md says where that order is documented). Each either
    /// answers or lets the call go on.
    /// </summary>
    public static IHostApplicationBuilder AddPipeline(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddStep<RoutingStep>()       // 403 Missing Authentication Token
            .AddStep<FirewallStep>()      // 403 Forbidden
            .AddStep<AuthorizerStep>()    // 401, 403, 500
            .AddStep<ApiKeyStep>()        // 403 Forbidden; after the authorizer, which may give the key
            .AddStep<CacheControlStep>()  // 403 for an unauthorized max-age=0
            .AddStep<AdmissionStep>()     // 429: every throttle and the quota in one admission
            .AddStep<ValidationStep>()    // 400, 413, 415
            .AddStep<CacheStep>()         // answers what is cached
            .AddStep<ConcurrencyStep>()   // 500 Internal server error
            .AddStep<IntegrationStep>();  // answers, or 504
        // No span and no log scope per call unless traces are exported: what is logged of a call names its request id.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.TryAddSingleton<GatewayMetrics>();
        builder.Services.TryAddSingleton<KeyDirectory>();
        builder.Services.TryAddSingleton<Explanation>();
        builder.Services.TryAddSingleton<AnswerDecoration>();
        builder.Services.TryAddSingleton<GatewayPipeline>();
        return builder;
    }

    /// <summary>
    /// Answers every call of the data plane but those of the health endpoints. Comes first: routing, endpoints and what handles their
    /// exceptions are the control plane's, and a call of the data plane neither sees nor pays for them.
    /// </summary>
    public static WebApplication UsePipeline(this WebApplication app)
    {
        // Made once the options have been checked: what is wrong with them is told all at once, not by the first who asks for them.
        var pipeline = new Lazy<GatewayPipeline>(app.Services.GetRequiredService<GatewayPipeline>);
        app.Use((context, next) => context.IsOn(Plane.Data) && !DefaultEndpoints.IsProbe(context.Request.Path) ? pipeline.Value.HandleAsync(context) : next(context));
        // Else it would be put before everything.
        app.UseRouting();
        return app;
    }

    private static IServiceCollection AddStep<TStep>(this IServiceCollection services)
        where TStep : class, IGatewayStep
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGatewayStep, TStep>());
        return services;
    }
}
