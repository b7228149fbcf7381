using ApiPoc.Benchmarks;
using ApiPoc.Benchmarks.Draining;
using ApiPoc.Benchmarks.Gateways;

return args switch
{
    ["gateway", .. var rest] => await GatewayBenchmark.RunAsync(rest),
    ["gateway-accuracy", .. var rest] => await AccuracyBenchmark.RunAsync(rest),
    ["drain", .. var rest] => await DrainBenchmark.RunAsync(rest),
    ["serve", var role, var port, var backend] => await Contestants.ServeAsync(role, int.Parse(port), backend),
    _ => Usage.Show(),
};
