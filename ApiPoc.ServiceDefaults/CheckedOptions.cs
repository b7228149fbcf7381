using ApiPoc.ServiceDefaults.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ApiPoc.ServiceDefaults;

/// <summary>Options that are right when the process starts, or it does not start.</summary>
public static class CheckedOptions
{
    /// <summary>
    /// Binds the section and checks it on start: no unknown keys, every value of its type, every data annotation at every depth. All
    /// errors come together, each with its full key. When the configuration changes later to something wrong, the last good options
    /// stay and the errors are logged. Calling again for the same options does nothing.
    /// </summary>
    public static IHostApplicationBuilder AddCheckedOptions<TOptions>(this IHostApplicationBuilder builder, string section)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(section);
        if (builder.Services.Any(service => service.ServiceType == typeof(CheckedSection<TOptions>)))
            return builder;

        var configuration = builder.Configuration.GetSection(section);
        builder.Services.AddSingleton(new CheckedSection<TOptions>(configuration));
        builder.Services.AddSingleton<IOptionsFactory<TOptions>, LastGoodOptionsFactory<TOptions>>();
        builder.Services.AddSingleton<IConfigureOptions<TOptions>, BindSection<TOptions>>();
        builder.Services.AddSingleton<IValidateOptions<TOptions>, CheckedOptionsValidator<TOptions>>();
        builder.Services.AddSingleton<IOptionsChangeTokenSource<TOptions>>(new ConfigurationChangeTokenSource<TOptions>(configuration));
        builder.Services.AddOptions<TOptions>().ValidateOnStart();
        return builder;
    }

    /// <summary>
    /// As <see cref="AddCheckedOptions{TOptions}"/>, with <typeparamref name="TValidator"/> for the relations between values. It is asked
    /// even when single values are wrong, so that its errors join the list; a message that does not begin with the section gets it put in front.
    /// </summary>
    public static IHostApplicationBuilder AddCheckedOptions<TOptions, TValidator>(this IHostApplicationBuilder builder, string section)
        where TOptions : class, new()
        where TValidator : class, IValidateOptions<TOptions>
    {
        builder.AddCheckedOptions<TOptions>(section);
        builder.Services.TryAddSingleton<TValidator>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IRelationCheck<TOptions>, RelationCheck<TOptions, TValidator>>());
        return builder;
    }
}
