using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiPoc.Notifier.Channels;

internal static class ChannelRegistration
{
    public static IHostApplicationBuilder AddChannels(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpClient(SlackChannel.ClientName)
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;

                // A webhook's path is its secret and would stand in the client span's url.full; without a propagator there is no such span.
                handler.ActivityHeadersPropagator = null;
            });
        builder.Services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<INotificationChannel, LogChannel>(),
            ServiceDescriptor.Singleton<INotificationChannel, SlackChannel>(),
            ServiceDescriptor.Singleton<INotificationChannel, EmailChannel>(),
        ]);
        return builder;
    }
}
