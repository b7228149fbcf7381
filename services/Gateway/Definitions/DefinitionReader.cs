namespace ApiPoc.Gateway.Definitions;

/// <summary>Reads the definition file with what this environment allows, and puts the configured secrets in.</summary>
internal sealed class DefinitionReader(IHostEnvironment environment)
{
    /// <summary>The file's full path.</summary>
    public string PathOf(GatewayOptions options) => Path.GetFullPath(options.File, environment.ContentRootPath);

    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="GatewayDefinitionException">Everything that is wrong with it.</exception>
    public GatewayDefinition Read(GatewayOptions options)
    {
        var definition = GatewayDefinitionFile.Parse(Bytes(PathOf(options)), new DefinitionPolicy(environment.IsDevelopment()));
        var keys = definition.ApiKeys.ToDictionary(
            key => key.Key, key => key.Value with { Value = options.ApiKeys.GetValueOrDefault(key.Key) ?? key.Value.Value }, StringComparer.Ordinal);
        var errors = new DefinitionErrors().At("apiKeys");
        foreach (var (id, key) in keys)
            errors.At(id).Check(key.Value is not null && ApiKeyRules.IsValue(key.Value), "value", "(hidden)", $"configure 20 to 128 visible ASCII characters as Gateway:ApiKeys:{id}");
        return errors.Messages.Count == 0 ? definition with { ApiKeys = keys } : throw new GatewayDefinitionException(errors.Messages);
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new GatewayDefinitionException([$"Gateway:File: {path}: {unreadable.Message}"]);
        }
    }
}
