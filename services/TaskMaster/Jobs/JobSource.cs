using ApiPoc.Domain.Jobs;
using Microsoft.Extensions.Options;

namespace ApiPoc.TaskMaster.Jobs;

/// <summary>Makes up the announcements a survey system would send: new surveys, interviews and attachments to be read.</summary>
internal sealed class JobSource(IOptionsMonitor<JobSourceOptions> options)
{
    /// <summary>The jobs of a run. Their ids follow from the run's, what they read from the seed.</summary>
    public IEnumerable<Job> Produce(string runId, int count)
    {
        var settings = options.CurrentValue;
        var random = new Random(settings.Seed);
        for (int number = 1; number <= count; number++)
        {
            var (operation, resource) = settings.Resource.Length > 0
                ? (JobOperation.NewSurveys, settings.Resource.Replace("{number}", $"{number}", StringComparison.Ordinal))
                : Next(settings, random);
            yield return new Job
            {
                JobId = $"{runId}-{number}",
                Operation = operation,
                ApiId = settings.ApiId,
                Resource = resource,
                SourceId = runId,
                Tenant = settings.Tenant.Length == 0 ? null : settings.Tenant,
            };
        }
    }

    private static (string Operation, string Resource) Next(JobSourceOptions settings, Random random)
    {
        int draw = random.Next(settings.Mix.Total);
        int survey = random.Next(settings.Surveys) + 1;
        int interview = random.Next(settings.Interviews) + 1;
        if (draw < settings.Mix.NewSurveys)
            return (JobOperation.NewSurveys, $"survey/{survey}");
        return draw < settings.Mix.NewSurveys + settings.Mix.NewInterviews
            ? (JobOperation.NewInterviews, $"survey/{survey}/interview")
            : (JobOperation.NewAttachments, $"survey/{survey}/interview/{interview}/attachment");
    }
}
