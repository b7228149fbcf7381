using Microsoft.Extensions.Options;

namespace ApiPoc.ServiceDefaults.Configuration;

/// <summary>All errors of one section: form, annotations, relations.</summary>
internal sealed class CheckedOptionsValidator<TOptions>(CheckedSection<TOptions> section, IEnumerable<IRelationCheck<TOptions>> relations)
    : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var path = section.Configuration.Path;
        var errors = section.FindShapeErrors();

        // A value of the wrong form was not bound: what the rules say of the default in its place would mislead.
        var breaches = AnnotationRules.Check(options, path).Where(breach => !errors.Any(error => error.Covers(breach.Key)));
        string[] found = [.. errors.Concat(breaches).Select(error => error.ToString())];

        string[] all = [.. found, .. relations.SelectMany(relation => relation.Check(options, path, hasErrors: found.Length > 0))];
        return all.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(all);
    }
}

/// <summary>A hand-written validator of relations between values.</summary>
internal interface IRelationCheck<in TOptions>
{
    IEnumerable<string> Check(TOptions options, string path, bool hasErrors);
}

/// <inheritdoc cref="IRelationCheck{TOptions}"/>
internal sealed class RelationCheck<TOptions, TValidator>(TValidator validator) : IRelationCheck<TOptions>
    where TOptions : class
    where TValidator : IValidateOptions<TOptions>
{
    public IEnumerable<string> Check(TOptions options, string path, bool hasErrors)
    {
        try
        {
            var failures = validator.Validate(Options.DefaultName, options).Failures ?? [];
            return [.. failures.Select(failure => failure.StartsWith(path, StringComparison.OrdinalIgnoreCase) ? failure : $"{path}: {failure}")];
        }
        catch (Exception) when (hasErrors)
        {
            // It stumbled over a value already reported; with that corrected it will have its say.
            return [];
        }
    }
}
