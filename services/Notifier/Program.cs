using ApiPoc.Messaging;
using ApiPoc.Messaging.Events;
using ApiPoc.Notifier.Channels;
using ApiPoc.Notifier.Delivery;
using ApiPoc.Notifier.Subscribers;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddRedisClient("redis");
builder.AddThrottleEventReceiver();
builder.AddCheckedOptions<MessagingOptions, MessagingOptionsValidator>(MessagingOptions.Section);
builder.AddSubscribers();
builder.AddChannels();
builder.AddDelivery();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapEvents();

return await app.RunServiceAsync();
