using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.ServiceDefaults.Configuration;

/// <summary>Creates options; when a changed configuration is wrong, says so and gives the last good ones again.</summary>
internal sealed partial class LastGoodOptionsFactory<TOptions>(
    IEnumerable<IConfigureOptions<TOptions>> setups,
    IEnumerable<IPostConfigureOptions<TOptions>> postConfigures,
    IEnumerable<IValidateOptions<TOptions>> validations,
    ILogger<LastGoodOptionsFactory<TOptions>> logger)
    : IOptionsFactory<TOptions>
    where TOptions : class
{
    // A library that binds its section for itself (BindConfiguration) would stop at the first bad value, and bind lists a second time.
    private readonly OptionsFactory<TOptions> _factory =
        new(setups.Where(setup => setup is not ConfigureNamedOptions<TOptions, IConfiguration>), postConfigures, validations);

    private readonly ConcurrentDictionary<string, TOptions> _lastGood = new(StringComparer.Ordinal);

    public TOptions Create(string name)
    {
        try
        {
            return _lastGood[name] = _factory.Create(name);
        }
        catch (OptionsValidationException exception) when (_lastGood.TryGetValue(name, out var lastGood))
        {
            LogKept(logger, typeof(TOptions).Name, string.Join("; ", exception.Failures));
            return lastGood;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed configuration of {Options} was refused and the last good one kept: {Errors}")]
    private static partial void LogKept(ILogger logger, string options, string errors);
}
