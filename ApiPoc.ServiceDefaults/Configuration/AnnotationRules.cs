using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace ApiPoc.ServiceDefaults.Configuration;

/// <summary>Checks data annotations at every depth: nested sections, lists and dictionaries.</summary>
internal static class AnnotationRules
{
    public static IReadOnlyList<ConfigurationError> Check(object options, string path) =>
        [.. CheckItem(options, path, new HashSet<object>(ReferenceEqualityComparer.Instance))];

    private static IEnumerable<ConfigurationError> CheckItem(object? item, string path, HashSet<object> seen) => item switch
    {
        null => [],
        _ when SettingType.IsSingleValue(item.GetType()) || !seen.Add(item) => [],
        IDictionary dictionary => dictionary.Keys.Cast<object>().SelectMany(key => CheckItem(dictionary[key], $"{path}:{key}", seen)),
        IEnumerable list => list.Cast<object?>().SelectMany((value, index) => CheckItem(value, $"{path}:{index}", seen)),
        _ => CheckProperties(item, path, seen),
    };

    private static IEnumerable<ConfigurationError> CheckProperties(object section, string path, HashSet<object> seen)
    {
        foreach (var (name, property) in SettingType.Settings(section.GetType()))
        {
            var key = $"{path}:{name}";
            var value = property.GetValue(section);
            foreach (var error in CheckValue(section, property, value, key).Concat(CheckItem(value, key, seen)))
                yield return error;
        }

        if (section is not IValidatableObject validatable)
            yield break;
        foreach (var result in validatable.Validate(new ValidationContext(section)))
            yield return new(string.Join(", ", result.MemberNames.DefaultIfEmpty("").Select(member => $"{path}:{member}".TrimEnd(':'))), null, result.ErrorMessage ?? "");
    }

    private static IEnumerable<ConfigurationError> CheckValue(object section, PropertyInfo property, object? value, string key)
    {
        var context = new ValidationContext(section) { MemberName = property.Name, DisplayName = property.Name };
        return property.GetCustomAttributes<ValidationAttribute>(inherit: true)
            .Where(rule => rule.GetValidationResult(value, context) != ValidationResult.Success)
            .Select(rule => new ConfigurationError(key, value, Why(rule, property.Name)));
    }

    private static string Why(ValidationAttribute rule, string name) => rule switch
    {
        { ErrorMessage: not null } => rule.FormatErrorMessage(name),
        RequiredAttribute => "required",
        RangeAttribute range => $"out of range: {range.Minimum}{(range.MinimumIsExclusive ? " (excluded)" : "")} to {range.Maximum}{(range.MaximumIsExclusive ? " (excluded)" : "")}",
        MinLengthAttribute minimum => $"too short: at least {minimum.Length}",
        MaxLengthAttribute maximum => $"too long: at most {maximum.Length}",
        StringLengthAttribute length => $"wrong length: {length.MinimumLength} to {length.MaximumLength} characters",
        RegularExpressionAttribute expression => $"wrong form: must match {expression.Pattern}",
        AllowedValuesAttribute allowed => $"not allowed: one of {string.Join(", ", allowed.Values)}",
        _ => rule.FormatErrorMessage(name),
    };
}
