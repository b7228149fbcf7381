using ApiPoc.AppHost.Backings;

var builder = DistributedApplication.CreateBuilder(args);
if (builder.AddBacking() is null)
    return 1;

builder.Build().Run();
return Environment.ExitCode;
