using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ApiPoc.ServiceDefaults.Configuration;

/// <summary>The section that <typeparamref name="TOptions"/> are bound from.</summary>
internal sealed class CheckedSection<TOptions>(IConfigurationSection configuration)
{
    public IConfigurationSection Configuration => configuration;

    /// <summary>What is wrong with the keys and the form of the values, before any is bound.</summary>
    public IReadOnlyList<ConfigurationError> FindShapeErrors() => SectionShape.Check(configuration, typeof(TOptions));
}

/// <summary>Binds what has the right form; the validator reports the rest, so that one bad value does not hide the others.</summary>
internal sealed class BindSection<TOptions>(CheckedSection<TOptions> section) : IConfigureOptions<TOptions>
    where TOptions : class
{
    public void Configure(TOptions options)
    {
        var errors = section.FindShapeErrors();
        if (errors.Count == 0)
        {
            section.Configuration.Bind(options);
            return;
        }

        var wellFormed = section.Configuration.AsEnumerable().Where(pair => !errors.Any(error => error.Covers(pair.Key)));
        new ConfigurationBuilder().AddInMemoryCollection(wellFormed).Build().GetSection(section.Configuration.Path).Bind(options);
    }
}
