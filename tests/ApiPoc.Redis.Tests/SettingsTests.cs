using System.Text.Json;
using ApiPoc.Redis.Breaker;
using ApiPoc.Redis.Jobs;
using ApiPoc.Redis.Quotas;
using ApiPoc.Testing;
using Microsoft.Extensions.Configuration;

namespace ApiPoc.Redis.Tests;

/// <summary>What services show in appsettings.json overrides a default: one that was changed here only would be in force nowhere.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("Worker")]
    [InlineData("Orchestrator")]
    public void Appsettings_ShowTheDefaults(string service)
    {
        var shown = new ConfigurationBuilder().AddJsonFile(Path.Combine(RepositoryRoot.Path, "services", service, "appsettings.json")).Build();

        AreDefaults<QuotaStoreOptions>(shown.GetRequiredSection(QuotaStoreOptions.Section));
        AreDefaults<BreakerStoreOptions>(shown.GetRequiredSection(BreakerStoreOptions.Section));
        AreDefaults<JobLedgerOptions>(shown.GetRequiredSection(JobLedgerOptions.Section));
    }

    private static void AreDefaults<TOptions>(IConfigurationSection section)
        where TOptions : new() => Assert.Equal(JsonSerializer.Serialize(new TOptions()), JsonSerializer.Serialize(section.Get<TOptions>()));
}
