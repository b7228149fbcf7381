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
        // Events that are posted are read as strictly as those from the queue.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.RespectNullableAnnotations = true);
        return builder;
    }
}
