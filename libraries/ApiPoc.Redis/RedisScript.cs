using System.Reflection;
using StackExchange.Redis;

namespace ApiPoc.Redis;

/// <summary>
/// A Lua script embedded in this assembly. The client sends it once per server and then calls it by its hash; after a
/// restart or SCRIPT FLUSH it is sent again.
/// </summary>
public sealed class RedisScript
{
    private readonly string _text;

    private RedisScript(string text) => _text = text;

    /// <summary>A script given as text.</summary>
    public static RedisScript FromText(string text) => new(text);

    /// <summary>Reads the script <c>{name}.lua</c> embedded in this assembly.</summary>
    internal static RedisScript Load(string name) => Load(Assembly.GetExecutingAssembly(), name);

    /// <summary>Reads the script <c>{name}.lua</c> embedded in <paramref name="assembly"/>, for services with scripts of their own.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static RedisScript Load(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new ArgumentException($"No script {name}.lua is embedded in {assembly.GetName().Name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return new RedisScript(reader.ReadToEnd());
    }

    /// <summary>Runs the script as one atomic step.</summary>
    /// <param name="redis">The connection.</param>
    /// <param name="keys">KEYS, as the script's header lists them.</param>
    /// <param name="values">ARGV, as the script's header lists them.</param>
    /// <param name="budget">The longest wait for the answer; the client library itself bounds no asynchronous call.</param>
    /// <param name="cancellationToken">Gives up waiting; the script may still run.</param>
    /// <exception cref="TimeoutException">No answer within <paramref name="budget"/>; the script may still run.</exception>
    /// <exception cref="RedisException">Redis is gone or refused; see <see cref="RedisFailure.IsUnavailable"/>.</exception>
    public Task<RedisResult> EvaluateAsync(
        IConnectionMultiplexer redis, RedisKey[] keys, RedisValue[] values, TimeSpan budget, CancellationToken cancellationToken) =>
        EvaluateAsync(redis.GetDatabase(), keys, values).WaitAsync(budget, cancellationToken);

    private async Task<RedisResult> EvaluateAsync(IDatabase database, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return await database.ScriptEvaluateAsync(_text, keys, values);
        }
        catch (RedisServerException forgotten) when (forgotten.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // The server lost its scripts; the client has just learned it and sends the text with the next call.
            return await database.ScriptEvaluateAsync(_text, keys, values);
        }
    }
}
