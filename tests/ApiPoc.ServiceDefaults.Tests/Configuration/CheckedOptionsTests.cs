using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ApiPoc.ServiceDefaults.Tests.Configuration;

public sealed class CheckedOptionsTests
{
    [Theory]
    [InlineData("Count", "0", "Sample:Count: 0: out of range: 1 to 5")]
    [InlineData("Count", "abc", "Sample:Count: 'abc': expected a whole number up to 2147483647")]
    [InlineData("Count", "99999999999", "Sample:Count: '99999999999': expected a whole number up to 2147483647")]
    [InlineData("Count:Low", "1", "Sample:Count: (not set): is a section where one value is expected: a whole number up to 2147483647")]
    [InlineData("Cuont", "1", "Sample:Cuont: '1': unknown key: known keys are ApiKey, Colour, Count, Named, Part, Parts, Wait")]
    [InlineData("Wait", "10 s", "Sample:Wait: '10 s': expected a duration, [days.]hours:minutes:seconds, e.g. 00:00:10")]
    [InlineData("Wait", "2", "Sample:Wait: '2': expected a duration, [days.]hours:minutes:seconds, e.g. 00:00:10")]
    [InlineData("Wait", "-00:00:01", "Sample:Wait: -00:00:01: out of range: 00:00:01 to 00:01:00")]
    [InlineData("Colour", "Blue", "Sample:Colour: 'Blue': expected one of Red, Green")]
    [InlineData("Colour", "7", "Sample:Colour: '7': expected one of Red, Green")]
    [InlineData("ApiKey", "", "Sample:ApiKey: (secret): required")]
    [InlineData("Part", "text", "Sample:Part: 'text': is one value where a section or list is expected")]
    [InlineData("Part:Name", "A", "Sample:Part:Name: 'A': wrong form: must match [a-z]+")]
    [InlineData("Part:Nam", "a", "Sample:Part:Nam: 'a': unknown key: known keys are High, Low, Name, WebhookUrl")]
    [InlineData("Part:WebhookUrl", "planted", "Sample:Part:WebhookUrl: (secret): too short: at least 8")]
    [InlineData("Parts:0:Name", "", "Sample:Parts:0:Name: '': required")]
    [InlineData("Parts:1:Low", "x", "Sample:Parts:1:Low: 'x': expected a whole number up to 2147483647")]
    [InlineData("Named:one:Name", "1", "Sample:Named:one:Name: '1': wrong form: must match [a-z]+")]
    [InlineData("Part:Low", "11", "Sample: Part:Low 11 is above Part:High 10")]
    public void Validate_OneWrongSetting_IsNamedWithKeyValueAndRange(string key, string value, string expected) =>
        Assert.Equal([expected], FailuresOf((key, value)));

    [Fact]
    public void Validate_ManyWrongSettings_AreReportedTogether() =>
        Assert.Equal(
            [
                "Sample:Colour: 'Blue': expected one of Red, Green",
                "Sample:Typo: '1': unknown key: known keys are ApiKey, Colour, Count, Named, Part, Parts, Wait",
                "Sample:Count: 9: out of range: 1 to 5",
                "Sample: Part:Low 11 is above Part:High 10",
            ],
            FailuresOf(("Count", "9"), ("Colour", "Blue"), ("Typo", "1"), ("Part:Low", "11")));

    [Fact]
    public void Validate_RightSettings_AreBound()
    {
        using var host = Build(("Count", "5"), ("Colour", "green"), ("Parts:0:Name", "first"), ("Named:x:Name", "second"));
        var options = host.Services.GetRequiredService<IOptions<SampleOptions>>().Value;
        Assert.Equal((5, SampleColour.Green, "first", "second"), (options.Count, options.Colour, Assert.Single(options.Parts).Name, options.Named["x"].Name));
    }

    [Fact]
    public void Validate_NoSection_GivesTheDefaults()
    {
        using var host = Build();
        Assert.Equal(1, host.Services.GetRequiredService<IOptions<SampleOptions>>().Value.Count);
    }

    [Fact]
    public void Reload_WrongSetting_KeepsTheLastGoodOptions()
    {
        using var host = Build(("Count", "2"));
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<SampleOptions>>();
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        Assert.Equal(2, monitor.CurrentValue.Count);

        configuration["Sample:Count"] = "0";
        configuration.Reload();
        Assert.Equal(2, monitor.CurrentValue.Count);

        configuration["Sample:Count"] = "3";
        configuration.Reload();
        Assert.Equal(3, monitor.CurrentValue.Count);
    }

    private static string[] FailuresOf(params (string Key, string Value)[] settings)
    {
        using var host = Build(settings);
        var exception = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IStartupValidator>().Validate());
        return [.. exception.Failures];
    }

    private static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"{SampleOptions.Section}:{setting.Key}", (string?)setting.Value)));
        // As a library does that cannot know of the check.
        builder.Services.AddOptions<SampleOptions>().BindConfiguration(SampleOptions.Section);
        builder.AddCheckedOptions<SampleOptions, SampleRelations>(SampleOptions.Section);
        builder.AddCheckedOptions<SampleOptions, SampleRelations>(SampleOptions.Section);
        return builder.Build();
    }
}
