using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Definitions;

/// <summary>
/// Holds the current definition and follows its file: a good change replaces it as a whole, a bad one is reported with
/// everything that is wrong, and the last good one stays.
/// </summary>
internal sealed class DefinitionSource : IDisposable
{
    private readonly DefinitionReader _reader;
    private readonly ILogger<DefinitionSource> _logger;
    private readonly PhysicalFileProvider _folder;
    private readonly IDisposable _watch;
    private GatewayDefinition _current;

    /// <summary>Reads the file, which the options' validation has already found good.</summary>
    /// <exception cref="GatewayDefinitionException">It is not.</exception>
    public DefinitionSource(DefinitionReader reader, IOptions<GatewayOptions> options, ILogger<DefinitionSource> logger)
    {
        _reader = reader;
        _logger = logger;
        _current = reader.Read(options.Value);
        string path = reader.PathOf(options.Value);
        _folder = new PhysicalFileProvider(Path.GetDirectoryName(path)!);
        _watch = ChangeToken.OnChange(() => Watch(Path.GetFileName(path)), () => Reload(options.Value));
    }

    /// <summary>Raised after the definition was replaced; handlers are quick and do not throw.</summary>
    public event EventHandler? Changed;

    /// <summary>The definition in force.</summary>
    public GatewayDefinition Current => Volatile.Read(ref _current);

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        _folder.Dispose();
    }

    private IChangeToken Watch(string file)
    {
        try
        {
            return _folder.Watch(file);
        }
        catch (ObjectDisposedException)
        {
            // The file changed in the moment in which the process ends.
            return NullChangeToken.Singleton;
        }
    }

    // Called by the system, which would end the process for any exception.
    private void Reload(GatewayOptions options)
    {
        try
        {
            Volatile.Write(ref _current, _reader.Read(options));
            _logger.DefinitionReplaced(options.File);
            Changed?.Invoke(this, EventArgs.Empty);
        }
        catch (GatewayDefinitionException bad)
        {
            _logger.DefinitionRefused(options.File, string.Join("; ", bad.Errors));
        }
        catch (Exception fault)
        {
            _logger.DefinitionNotApplied(options.File, fault);
        }
    }
}
