namespace ApiPoc.Notifier.Delivery;

internal static class DeliveryRegistration
{
    public static IHostApplicationBuilder AddDelivery(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DeliveryMemory>();
        builder.Services.AddSingleton<DeliveryMetrics>();
        builder.Services.AddSingleton<DeliveryTelemetry>();
        builder.Services.AddSingleton<Deliverer>();
        builder.Services.AddHostedService<EventLoop>();
        return builder;
    }
}
