using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Deployments;

namespace ApiPoc.Gateway.Control.Patching;

/// <summary>How the control plane writes the method that a setting or throttle is for.</summary>
internal static class MethodKey
{
    /// <summary>The key of a method's settings, from a path's places: clients write the resource as <c>~1pets</c>, <c>pets</c> or <c>/pets</c>.</summary>
    public static string Of(string resourcePath, string httpMethod)
    {
        if (resourcePath == "*" && httpMethod == "*")
            return StageRules.EveryMethod;
        string path = resourcePath.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        return DeployedMethod.KeyOf('/' + path.Trim('/'), httpMethod);
    }

    /// <summary>A key of settings as AWS shows it: <c>/pets/{id}/GET</c> is <c>~1pets~1{id}/GET</c>.</summary>
    public static string Shown(string key)
    {
        if (key == StageRules.EveryMethod)
            return key;
        int slash = key.LastIndexOf('/');
        string path = slash == 0 ? "/" : key[..slash];
        return path.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal) + key[slash..];
    }
}
