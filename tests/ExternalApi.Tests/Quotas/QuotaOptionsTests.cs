using ApiPoc.ExternalApi.Quotas;

namespace ApiPoc.ExternalApi.Tests.Quotas;

public sealed class QuotaOptionsTests
{
    [Fact]
    public void Defaults_AreSound() => Assert.Empty(QuotaOptionsValidator.Faults(new QuotaOptions()));

    [Fact]
    public void Faults_EverythingWrong_EverythingNamed()
    {
        QuotaOptions options = new()
        {
            Policy = "orignal",
            HeaderMode = "RateLimit",
            Keys = new() { ["k"] = "quick", ["ok"] = "mine" },
            Policies = new()
            {
                ["mine"] = new() { Api = [new() { Count = 0, Period = TimeSpan.FromSeconds(1) }] },
                ["twice"] = new()
                {
                    Survey = [new() { Count = 1, Period = TimeSpan.FromSeconds(1) }, new() { Count = 2, Period = TimeSpan.FromSeconds(1) }],
                    Attachment = [new() { Count = 1, Period = TimeSpan.Zero }],
                },
            },
        };

        Assert.Equal(
            [
                "Quotas:Policy: orignal: is no policy: known policies are original, windows, fast, mine, twice",
                "Quotas:Keys:k: quick: is no policy: known policies are original, windows, fast, mine, twice",
                "Quotas:HeaderMode: RateLimit: must be one of ratelimit, legacy, retry-after, none",
                "Quotas:Policies:mine: api: capacity 0 must be 1 to 1000000000000.",
                "Quotas:Policies:twice: survey has two windows of 1s.",
                "Quotas:Policies:twice: survey:interview:attachment: period 00:00:00 must be 1 ms to 36525 days.",
            ],
            QuotaOptionsValidator.Faults(options));
    }
}
