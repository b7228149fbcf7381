using System.ComponentModel;
using Microsoft.Extensions.Configuration;

namespace ApiPoc.ServiceDefaults.Configuration;

/// <summary>Finds unknown keys and values that are not of their setting's type; the binder would stop at the first.</summary>
internal static class SectionShape
{
    public static IReadOnlyList<ConfigurationError> Check(IConfigurationSection section, Type type) => [.. Walk(section, type)];

    private static IEnumerable<ConfigurationError> Walk(IConfigurationSection section, Type type)
    {
        if (SettingType.IsSingleValue(type))
            return CheckValue(section, type);

        // An empty array or object is written as the empty value.
        if (!string.IsNullOrEmpty(section.Value))
            return [new(section.Path, section.Value, "is one value where a section or list is expected")];

        return SettingType.ItemOf(type) is { } item
            ? section.GetChildren().SelectMany(child => Walk(child, item))
            : CheckKeys(section, type);
    }

    private static IEnumerable<ConfigurationError> CheckKeys(IConfigurationSection section, Type type)
    {
        var settings = SettingType.Settings(type);
        foreach (var child in section.GetChildren())
        {
            if (!settings.TryGetValue(child.Key, out var setting))
            {
                yield return new(child.Path, child.Value, $"unknown key: known keys are {string.Join(", ", settings.Keys.Order())}");
                continue;
            }

            foreach (var error in Walk(child, setting.PropertyType))
                yield return error;
        }
    }

    private static IEnumerable<ConfigurationError> CheckValue(IConfigurationSection section, Type type)
    {
        if (type == typeof(object))
            return [];
        if (section.GetChildren().Any())
            return [new(section.Path, null, $"is a section where one value is expected: {Form(type)}")];
        if (section.Value is not { } value || (value.Length == 0 && Nullable.GetUnderlyingType(type) is not null))
            return [];
        return IsOfType(value, SettingType.NotNull(type)) ? [] : [new(section.Path, value, $"expected {Form(type)}")];
    }

    private static bool IsOfType(string value, Type type)
    {
        // A bare number is days, which nobody means who writes 2.
        if (type == typeof(TimeSpan) && !value.Contains(':', StringComparison.Ordinal))
            return false;
        try
        {
            var converted = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            return !type.IsEnum || Enum.IsDefined(type, converted!) || type.IsDefined(typeof(FlagsAttribute), inherit: false);
        }
        catch (Exception)
        {
            // Converters throw whatever their parser throws, often wrapped in a bare Exception.
            return false;
        }
    }

    private static string Form(Type type)
    {
        type = SettingType.NotNull(type);
        return type switch
        {
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
            _ when type == typeof(TimeSpan) => "a duration, [days.]hours:minutes:seconds, e.g. 00:00:10",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(Uri) => "an address, e.g. http://localhost:5081",
            _ when type == typeof(int) || type == typeof(long) => $"a whole number up to {(type == typeof(int) ? int.MaxValue : long.MaxValue)}",
            _ when type == typeof(double) || type == typeof(decimal) => "a number",
            _ when type == typeof(DateTimeOffset) => "a point in time, ISO 8601",
            _ => type.Name,
        };
    }
}
