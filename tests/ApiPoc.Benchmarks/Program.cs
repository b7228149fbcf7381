using ApiPoc.Benchmarks;
using ApiPoc.Benchmarks.Gateways;

return args switch
{
    ["gateway", .. var rest] => await GatewayBenchmark.RunAsync(rest),
    ["gateway-accuracy", .. var rest] => await AccuracyBenchmark.RunAsync(rest),
    ["serve", var role, var port, var backend] => await Contestants.ServeAsync(role, int.Parse(port), backend),
    _ => Usage.Show(),
};
