using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Polyfill;

/// <summary>The standard mode of AWSSDK.Core: three attempts with exponential back-off and jitter.</summary>
internal static class ServiceDefaults
{
    public static IDefaultConfigurationProvider Standard { get; } =
        new DefaultConfigurationProvider([new DefaultConfiguration { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard }]);
}
