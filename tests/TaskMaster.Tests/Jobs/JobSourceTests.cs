using ApiPoc.Domain.Jobs;
using ApiPoc.TaskMaster.Jobs;
using Microsoft.Extensions.Options;

namespace ApiPoc.TaskMaster.Tests.Jobs;

public sealed class JobSourceTests
{
    [Fact]
    public void Produce_SameSeed_GivesTheSameWorkUnderTheRunsIds()
    {
        var first = Produce(new JobSourceOptions(), "one");
        var second = Produce(new JobSourceOptions(), "two");
        Assert.Equal(first.Select(job => (job.Operation, job.Resource)), second.Select(job => (job.Operation, job.Resource)));
        Assert.Equal(100, first.Concat(second).Select(job => job.JobId).Distinct().Count() / 2);
        Assert.Equal("one-1", first[0].JobId);
    }

    [Fact]
    public void Produce_OtherSeed_GivesOtherWork() => Assert.NotEqual(
        Produce(new JobSourceOptions(), "run").Select(job => job.Resource),
        Produce(new JobSourceOptions { Seed = 2 }, "run").Select(job => job.Resource));

    [Theory]
    [InlineData(1, 0, 0, JobOperation.NewSurveys, "^survey/[1-3]$")]
    [InlineData(0, 1, 0, JobOperation.NewInterviews, "^survey/[1-3]/interview$")]
    [InlineData(0, 0, 1, JobOperation.NewAttachments, "^survey/[1-3]/interview/[1-2]/attachment$")]
    public void Produce_OneOperation_ReadsItsResources(int surveys, int interviews, int attachments, string operation, string resource)
    {
        var options = new JobSourceOptions
        {
            ApiId = "OTHER",
            Tenant = "tenant",
            Surveys = 3,
            Interviews = 2,
            Mix = new JobMix { NewSurveys = surveys, NewInterviews = interviews, NewAttachments = attachments },
        };
        Assert.All(Produce(options, "run"), job =>
        {
            Assert.Equal((operation, "OTHER", "tenant", "run"), (job.Operation, job.ApiId, job.Tenant, job.SourceId));
            Assert.Matches(resource, job.Resource);
        });
    }

    [Fact]
    public void Produce_ResourceGiven_EveryJobReadsItUnderItsNumber() => Assert.Equal(
        [(JobOperation.NewSurveys, "v2/items/1"), (JobOperation.NewSurveys, "v2/items/2")],
        Produce(new JobSourceOptions { Resource = "v2/items/{number}" }, "run", 2).Select(job => (job.Operation, job.Resource)));

    [Fact]
    public void Produce_Mix_OccursByItsWeights()
    {
        // 10,000 draws of a fixed seed: within two of a hundred of 6:3:1.
        var shares = Produce(new JobSourceOptions(), "run", 10_000).CountBy(job => job.Operation).ToDictionary(share => share.Key, share => share.Value / 10_000.0);
        Assert.InRange(shares[JobOperation.NewSurveys], 0.58, 0.62);
        Assert.InRange(shares[JobOperation.NewInterviews], 0.28, 0.32);
        Assert.InRange(shares[JobOperation.NewAttachments], 0.08, 0.12);
    }

    internal static JobSource Source(JobSourceOptions? options = null) => new(new FixedOptions<JobSourceOptions>(options ?? new JobSourceOptions()));

    private static Job[] Produce(JobSourceOptions options, string runId, int count = 100) => [.. Source(options).Produce(runId, count)];
}

/// <summary>Options that do not change.</summary>
internal sealed class FixedOptions<TOptions>(TOptions options) : IOptionsMonitor<TOptions>
{
    public TOptions CurrentValue => options;

    public TOptions Get(string? name) => options;

    public IDisposable? OnChange(Action<TOptions, string?> listener) => null;
}
