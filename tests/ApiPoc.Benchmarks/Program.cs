using ApiPoc.Benchmarks;
using ApiPoc.Benchmarks.Draining;
using ApiPoc.Benchmarks.Gateways;
using ApiPoc.Benchmarks.Simulating;

return args switch
{
    ["gateway", .. var rest] => await GatewayBenchmark.RunAsync(rest),
    ["gateway-accuracy", .. var rest] => await AccuracyBenchmark.RunAsync(rest),
    ["drain", .. var rest] => await DrainBenchmark.RunAsync(rest),
    ["simulate", .. var rest] => SimulateBenchmark.Run(rest),
    ["serve", var role, var port, var backend] => await Contestants.ServeAsync(role, int.Parse(port), backend),
    _ => Usage.Show(),
};
