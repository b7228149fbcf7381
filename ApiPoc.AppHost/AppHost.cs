using ApiPoc.AppHost.Backings;

var builder = DistributedApplication.CreateBuilder(args);

builder.AddRedisServer("redis");

builder.Build().Run();
