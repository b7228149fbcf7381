using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ApiPoc.ServiceDefaults.Tests.Configuration;

internal sealed class SampleOptions
{
    public const string Section = "Sample";

    [Range(1, 5)]
    public int Count { get; set; } = 1;

    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(1);

    public SampleColour Colour { get; set; }

    [Required]
    public string ApiKey { get; set; } = "key";

    public SamplePart Part { get; set; } = new();

    public List<SamplePart> Parts { get; init; } = [];

    public Dictionary<string, SamplePart> Named { get; init; } = [];
}

internal sealed class SamplePart
{
    [Required, RegularExpression("[a-z]+")]
    public string Name { get; set; } = "name";

    [MinLength(8)]
    public string WebhookUrl { get; set; } = "http://localhost";

    public int Low { get; set; }

    public int High { get; set; } = 10;
}

internal enum SampleColour
{
    Red,
    Green,
}

internal sealed class SampleRelations : IValidateOptions<SampleOptions>
{
    public ValidateOptionsResult Validate(string? name, SampleOptions options) => options.Part.Low <= options.Part.High
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Part:Low {options.Part.Low} is above Part:High {options.Part.High}");
}
