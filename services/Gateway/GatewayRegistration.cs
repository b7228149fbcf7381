using ApiPoc.Gateway.Alarms;
using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Authorizers;
using ApiPoc.Gateway.Caching;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Deployments;
using ApiPoc.Gateway.Firewall;
using ApiPoc.Gateway.Integrations;
using ApiPoc.Gateway.Outages;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Stages;
using ApiPoc.Gateway.Throttling;
using ApiPoc.Gateway.Usage;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway;

/// <summary>The gateway's capabilities, a line each.</summary>
internal static class GatewayRegistration
{
    /// <summary>What both planes know: the definition, and the keys, plans and settings registered in Redis.</summary>
    public static void AddKnowledge(this IHostApplicationBuilder builder) => builder
        .AddDefinitions()
        .AddOutages()
        .AddRegistry()
        .AddApiKeys()
        .AddUsagePlans()
        .AddStages();

    /// <summary>What calls of the APIs pass through.</summary>
    public static void AddDataPlane(this IHostApplicationBuilder builder) => builder
        .AddFirewall()
        .AddAuthorizers()
        .AddThrottling()
        .AddUsage()
        .AddCaching()
        .AddIntegrations()
        .AddDeployments()
        .AddAlarms()
        .AddPipeline();
}
