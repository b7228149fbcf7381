using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Redis.Gathering;

/// <summary>Keeps something back for a while, to write it together with more.</summary>
internal interface IGathering
{
    /// <summary>Writes what has gathered; does not throw when Redis is away.</summary>
    Task WriteAsync();
}

/// <summary>Writes what has gathered when the process stops. Registered before whatever adds to it, and so stopped after it.</summary>
internal sealed class WriteAtStop(IEnumerable<IGathering> gatherings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(gatherings.Select(gathering => gathering.WriteAsync())).WaitAsync(cancellationToken);
}

/// <summary>Adds things that gather.</summary>
internal static class GatheringRegistration
{
    /// <summary>Has what a registered service has gathered written when the process stops.</summary>
    public static void AddGathering<TGathering>(this IServiceCollection services)
        where TGathering : class, IGathering
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGathering, TGathering>(provider => provider.GetRequiredService<TGathering>()));
        services.AddHostedService<WriteAtStop>();
    }
}
