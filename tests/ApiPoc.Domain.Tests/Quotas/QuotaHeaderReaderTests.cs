using System.Net.Http.Headers;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Domain.Tests.Quotas;

public sealed class QuotaHeaderReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("57", 57d)]
    [InlineData("0", 0d)]
    [InlineData("1.5", 1.5d)]
    [InlineData("-3", 0d)]
    [InlineData("999999999999", 31d * 86400)]
    [InlineData("Fri, 20 Nov 2026 12:00:30 GMT", 30d)]
    [InlineData("Fri, 20 Nov 2026 11:59:00 GMT", 0d)]
    [InlineData("Fri, 20 Nov 2099 12:00:00 GMT", 31d * 86400)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("NaN", null)]
    [InlineData("1e3", null)]
    [InlineData("2026-11-20T12:00:30Z", null)]
    public void RetryAfter_IsReadClampedOrIgnored(string value, double? seconds) =>
        AssertRead(new(null, null, null, null, Span(seconds)), $"Retry-After: {value}");

    [Fact]
    public void RetryAfter_DateOfAnApiWhoseClockIsAnHourAhead_IsComparedWithItsOwnDate() =>
        AssertRead(
            new(null, null, null, null, Span(30)), "Date: Fri, 20 Nov 2026 13:00:00 GMT", "Retry-After: Fri, 20 Nov 2026 13:00:30 GMT");

    [Fact]
    public void RetryAfter_TwoDifferentValues_SayNothing() => AssertRead(QuotaHeaders.None, "Retry-After: 1", "Retry-After: 100");

    [Theory]
    [InlineData("20", "19", "57", 20, 19, 57d)]
    [InlineData("20", "-1", "-5", 20, 0, 0d)] // overdrawn
    [InlineData("20", "0", "1795176030", 20, 0, 30d)] // Unix time
    [InlineData("20", "0", "1795176030500", 20, 0, 30.5d)] // Unix time in milliseconds
    [InlineData("20", "0", "1600000000", 20, 0, 0d)] // long past
    [InlineData("many", "few", "soon", null, null, null)]
    public void XRateLimit_IsRead(string limit, string remaining, string reset, int? count, int? left, double? resetSeconds) =>
        AssertRead(
            new(count, null, left, Span(resetSeconds), null), $"X-RateLimit-Limit: {limit}", $"X-RateLimit-Remaining: {remaining}",
            $"X-RateLimit-Reset: {reset}");

    [Theory]
    [InlineData("\"default\";q=100;w=60", "\"default\";r=50;t=30", 100, 60d, 50, 30d)]
    [InlineData("\"b\";q=10;w=1, \"d\";q=900;w=3600", "\"b\";r=3;t=1, \"d\";r=800;t=3000", 10, 1d, 3, 1d)] // the one that binds soonest
    [InlineData("\"b\";q=10;w=1, \"d\";q=900;w=3600", "\"b\";r=0;t=1, \"d\";r=0;t=3000", 900, 3600d, 0, 3000d)] // both spent: the later reset
    [InlineData("default;q=100;w=60", "default;r=50;t=30", 100, 60d, 50, 30d)] // bare tokens
    [InlineData("\"a,b;c\";q=5;w=1", "\"a,b;c\";r=1;t=1", 5, 1d, 1, 1d)] // separators within quotes
    [InlineData("\"x\";q=100;w=60", "\"y\";r=50", 100, 60d, 50, null)] // one policy: it must be meant
    [InlineData("", "limit=100, remaining=50, reset=30", 100, null, 50, 30d)] // draft 06
    [InlineData("100;w=60", "limit=100, remaining=50, reset=30", 100, 60d, 50, 30d)]
    [InlineData("\"default\";q=100;w=60", "", 100, 60d, null, null)] // the policy alone
    [InlineData("\"b\";q=10;w=1, \"d\";q=900;w=3600", "", null, null, null, null)] // which of the two?
    [InlineData("\"default\";q=x;w=y", "\"default\";r=;t", null, null, null, null)]
    [InlineData("\";;;,,,=\"", "=,;\"", null, null, null, null)]
    public void RateLimit_IsRead(string policy, string state, int? limit, double? window, int? remaining, double? reset) =>
        AssertRead(new(limit, Span(window), remaining, Span(reset), null), $"RateLimit-Policy: {policy}", $"RateLimit: {state}");

    [Fact]
    public void RateLimit_AsThreeHeaders_IsRead() => AssertRead(
        new(100, Span(60), 50, Span(30), null), "RateLimit-Limit: 100, 100;w=60", "RateLimit-Remaining: 50", "RateLimit-Reset: 30");

    [Fact]
    public void RateLimit_GoesBeforeXRateLimit_AndRetryAfterStandsBeside() => AssertRead(
        new(100, Span(60), 50, Span(30), Span(7)), "RateLimit-Policy: \"p\";q=100;w=60", "RateLimit: \"p\";r=50;t=30", "X-RateLimit-Limit: 1",
        "X-RateLimit-Remaining: 1", "X-RateLimit-Reset: 1", "Retry-After: 7");

    [Theory]
    [InlineData(QuotaHeaderTrust.None, null, null)]
    [InlineData(QuotaHeaderTrust.RetryAfter, null, 7)]
    [InlineData(QuotaHeaderTrust.XRateLimit, 11, null)]
    [InlineData(QuotaHeaderTrust.RateLimit, 22, null)]
    [InlineData(QuotaHeaderTrust.XRateLimit | QuotaHeaderTrust.RetryAfter, 11, 7)]
    public void Trust_DecidesWhatIsBelieved(QuotaHeaderTrust trust, int? limit, int? retryAfterSeconds)
    {
        var headers = HeadersOf("X-RateLimit-Limit: 11", "RateLimit-Policy: \"p\";q=22", "Retry-After: 7");

        Assert.Equal(new(limit, null, null, null, Span(retryAfterSeconds)), QuotaHeaderReader.Read(headers, trust, Now));
    }

    private static void AssertRead(QuotaHeaders expected, params string[] lines) =>
        Assert.Equal(expected, QuotaHeaderReader.Read(HeadersOf(lines), QuotaHeaderTrust.All, Now) with { Policies = [] });

    [Fact]
    public void RateLimitPolicy_Several_AreAllNamedWithTheirStates() =>
        Assert.Equal(
            [
                new QuotaPolicyHeader("minute", 20, TimeSpan.FromSeconds(60), 19, TimeSpan.FromSeconds(57)),
                new QuotaPolicyHeader("day", 1000, TimeSpan.FromDays(1), null, null),
            ],
            QuotaHeaderReader.Read(
                HeadersOf("RateLimit-Policy: \"minute\";q=20;w=60, \"day\";q=1000;w=86400, \"none\";q=0;w=1", "RateLimit: \"minute\";r=19;t=57"),
                QuotaHeaderTrust.All, Now).Policies);

    private static HttpResponseHeaders HeadersOf(params string[] lines)
    {
        using var response = new HttpResponseMessage();
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':');
            response.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim());
        }
        return response.Headers;
    }

    private static TimeSpan? Span(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
