using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Registry;
using Microsoft.AspNetCore.Http.Metadata;

namespace ApiPoc.Gateway.Control.Import;

/// <summary>ImportApiKeys, and the way back, which AWS does not have.</summary>
internal static class KeyImportOperations
{
    /// <summary>Registers the keys of a CSV file.</summary>
    public static async Task<IResult> ImportAsync(HttpRequest request, KeyImporter importer, string format = "", bool failOnWarnings = false, CancellationToken cancellationToken = default)
    {
        if (!string.Equals(format, "csv", StringComparison.OrdinalIgnoreCase))
            throw new ControlException(ControlError.BadRequest("Invalid format parameter: expected csv"));
        var file = await KeyFileReader.ReadAsync(request.Body, cancellationToken);
        return ControlAnswer.Created(await importer.ImportAsync(file, failOnWarnings, cancellationToken));
    }

    /// <summary>Writes all keys with their values as a file that can be imported.</summary>
    public static IResult Export(RegistryReplica registry, ApiKeyStore keys) =>
        Results.Stream(body => KeyFileWriter.WriteAsync(body, registry.State, keys), "text/csv; charset=utf-8", "apikeys.csv");
}

/// <summary>How long a key file may be: room for many more rows than an account may have keys, so that their faults are told.</summary>
internal sealed class KeyFileSizeLimit : IRequestSizeLimitMetadata
{
    /// <inheritdoc/>
    public long? MaxRequestBodySize => 64 * 1024 * 1024;
}
