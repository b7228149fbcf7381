using ApiPoc.AppHost.Backings;

var builder = DistributedApplication.CreateBuilder(args);
if (builder.AddBacking() is not { } backing)
    return 1;

var provisioner = builder.AddProject<Projects.Provisioner>("provisioner")
    .WithBacking(backing);

builder.Build().Run();
return Environment.ExitCode;
