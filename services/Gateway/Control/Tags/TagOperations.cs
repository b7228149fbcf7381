using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Control.Tags;

/// <summary>GetTags, TagResource, UntagResource, for API keys and usage plans.</summary>
internal static class TagOperations
{
    /// <summary>Shows the tags of what <paramref name="arn"/> names.</summary>
    public static IResult Get(string arn, RegistryReplica registry) => ControlAnswer.Ok(new TagsDocument(TagTarget.Parse(arn).TagsIn(registry.State)));

    /// <summary>Sets tags; the others stay.</summary>
    public static Task<IResult> SetAsync(string arn, JsonBody<TagsDocument> body, ApiKeyStore keys, UsagePlanStore plans, CancellationToken cancellationToken)
    {
        var added = body.Value.Tags ?? new Dictionary<string, string>(StringComparer.Ordinal);
        return ChangeAsync(arn, tags => tags.Where(tag => !added.ContainsKey(tag.Key)).Concat(added), keys, plans, cancellationToken);
    }

    /// <summary>Takes tags away.</summary>
    public static Task<IResult> RemoveAsync(string arn, string[] tagKeys, ApiKeyStore keys, UsagePlanStore plans, CancellationToken cancellationToken) =>
        ChangeAsync(arn, tags => tags.Where(tag => !tagKeys.Contains(tag.Key, StringComparer.Ordinal)), keys, plans, cancellationToken);

    private static async Task<IResult> ChangeAsync(
        string arn, Func<IEnumerable<KeyValuePair<string, string>>, IEnumerable<KeyValuePair<string, string>>> change, ApiKeyStore keys, UsagePlanStore plans, CancellationToken cancellationToken)
    {
        Dictionary<string, string>? Changed(Dictionary<string, string>? tags) => TagLimits.Checked(change(tags ?? []).ToDictionary(StringComparer.Ordinal));
        var target = TagTarget.Parse(arn);
        if (target.Kind == RegistryNames.Key)
            await keys.UpdateAsync(target.Id, key => key with { Tags = Changed(key.Tags) }, cancellationToken);
        else
            await plans.UpdateAsync(target.Id, plan => plan with { Tags = Changed(plan.Tags) }, cancellationToken);
        return ControlAnswer.NoContent();
    }
}

/// <summary>Tags as the API shows and takes them.</summary>
internal sealed record TagsDocument(IReadOnlyDictionary<string, string>? Tags);
