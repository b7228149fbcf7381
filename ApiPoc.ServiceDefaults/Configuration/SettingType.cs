using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ApiPoc.ServiceDefaults.Configuration;

/// <summary>How the configuration binder sees a type.</summary>
internal static class SettingType
{
    /// <summary>Whether it is written as one value.</summary>
    public static bool IsSingleValue(Type type) =>
        type == typeof(object) || TypeDescriptor.GetConverter(NotNull(type)).CanConvertFrom(typeof(string));

    /// <summary>The type without its <see cref="Nullable{T}"/>.</summary>
    public static Type NotNull(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>The type of a dictionary's values or a collection's items; null when it is neither.</summary>
    public static Type? ItemOf(Type type) => ArgumentOf(type, typeof(IDictionary<,>)) ?? ArgumentOf(type, typeof(IReadOnlyDictionary<,>))
        ?? ArgumentOf(type, typeof(IEnumerable<>));

    /// <summary>The settings of a section type by the key they are written as.</summary>
    public static IReadOnlyDictionary<string, PropertyInfo> Settings(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0)
        .Where(property => property.SetMethod is { IsPublic: true } || !IsSingleValue(property.PropertyType))
        .ToDictionary(
            property => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name, StringComparer.OrdinalIgnoreCase);

    private static Type? ArgumentOf(Type type, Type definition) => type
        .GetInterfaces().Append(type)
        .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == definition)?
        .GetGenericArguments()[^1];
}
