using System.Text;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Caching;

/// <summary>How one method's answers are cached.</summary>
internal sealed class CachePolicy
{
    /// <summary>The longest answer kept, body, as in AWS.</summary>
    public const int MaxBodyBytes = 1_048_576;

    /// <summary>How long entries live where nothing is said, as in AWS.</summary>
    public const int DefaultTtlSeconds = 300;

    private readonly string _scope;
    private readonly string _plainGet;
    private readonly RequestValue[] _parameters;
    private readonly bool _isGetOnly;

    private CachePolicy(string scope, IEnumerable<string> parameters, MethodSetting setting, bool isGetOnly, bool keepsErrors)
    {
        _scope = scope;
        _plainGet = $"{scope} {HttpMethods.Get}";
        _parameters = [.. parameters.Select(RequestValue.Parse)];
        _isGetOnly = isGetOnly;
        Ttl = TimeSpan.FromSeconds(setting.CacheTtlInSeconds ?? DefaultTtlSeconds);
        RequiresAuthorization = setting.RequireAuthorizationForCacheControl ?? true;
        UnauthorizedStrategy = setting.UnauthorizedCacheControlHeaderStrategy ?? UnauthorizedCacheControlStrategy.SucceedWithResponseHeader;
        KeepsErrors = keepsErrors;
    }

    /// <summary>How long entries live.</summary>
    public TimeSpan Ttl { get; }

    /// <summary>Whether <c>max-age=0</c> needs the right to invalidate.</summary>
    public bool RequiresAuthorization { get; }

    /// <summary>What <c>max-age=0</c> without that right meets.</summary>
    public UnauthorizedCacheControlStrategy UnauthorizedStrategy { get; }

    /// <summary>Whether answers other than 2xx are kept.</summary>
    public bool KeepsErrors { get; }

    /// <summary>The policy of a method; null when its answers are not cached.</summary>
    /// <param name="scope">What keeps this method's entries apart from every other's, the stage's generation included.</param>
    /// <param name="method">The method's definition.</param>
    /// <param name="setting">The settings in force.</param>
    /// <param name="isEnabledByMethod">Whether the method itself asks for caching; else only GET is cached.</param>
    /// <param name="behaviour">Whether errors are kept.</param>
    public static CachePolicy? Of(string scope, MethodDefinition method, MethodSetting setting, bool isEnabledByMethod, BehaviourDefinition behaviour)
    {
        var policy = new CachePolicy(scope, method.CacheKeyParameters, setting, !isEnabledByMethod, behaviour.CacheErrors);
        return setting.CachingEnabled is true && policy.Ttl > TimeSpan.Zero ? policy : null;
    }

    /// <summary>Whether the policy concerns <paramref name="call"/>.</summary>
    public bool AppliesTo(GatewayCall call) => !_isGetOnly || HttpMethods.IsGet(call.Request.Method);

    /// <summary>The entry's key: the method and the marked parameters only, so that calls which differ elsewhere share it, as in AWS.</summary>
    public string KeyOf(GatewayCall call)
    {
        if (_parameters.Length == 0 && HttpMethods.IsGet(call.Request.Method))
            return _plainGet;
        var text = new StringBuilder(_scope).Append(' ').Append(call.Request.Method);
        foreach (var parameter in _parameters)
        {
            // Lengths keep two sets of values apart whatever characters they hold; an absent value is not an empty one.
            string? value = parameter.Of(call);
            text.Append('\n').Append(value?.Length ?? -1).Append(':').Append(value);
        }
        return text.ToString();
    }
}
