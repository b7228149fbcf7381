namespace ApiPoc.Notifier.Subscribers;

internal static class SubscriberRegistration
{
    public static IHostApplicationBuilder AddSubscribers(this IHostApplicationBuilder builder) =>
        builder.AddCheckedOptions<NotifierOptions, NotifierOptionsValidator>(NotifierOptions.Section);
}
