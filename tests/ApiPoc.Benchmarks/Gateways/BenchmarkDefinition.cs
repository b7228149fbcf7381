namespace ApiPoc.Benchmarks.Gateways;

/// <summary>The gateway's definition for benchmarks: key, plan, quota, stage throttle, in front of a back end.</summary>
internal static class BenchmarkDefinition
{
    public const string Key = "benchmark-key-000000000001";

    /// <summary>Writes the file.</summary>
    /// <param name="backend">The back end's address; a mock answers for null.</param>
    /// <param name="rate">The plan's rate and burst.</param>
    /// <param name="burst">The plan's burst.</param>
    /// <param name="quota">The plan's quota, per month.</param>
    public static string Write(string? backend, double rate, long burst, long quota = 2_000_000_000)
    {
        string integration = backend is null ? """{ "mock": {} }""" : $$"""{ "http": { "uri": "{{backend}}/{proxy}" } }""";
        string path = Path.Combine(Directory.CreateTempSubdirectory("apipoc-benchmark-").FullName, "gateway.json");
        File.WriteAllText(path, $$"""
            {
              "account": { "throttle": { "rateLimit": 1000000, "burstLimit": 1000000 } },
              "restApis": {
                "api": {
                  "resources": {
                    "/keyed/{proxy+}": { "GET": { "apiKeyRequired": true, "integration": {{integration}} } },
                    "/cached/{proxy+}": { "GET": { "integration": {{integration}} } }
                  },
                  "stages": {
                    "s": {
                      "cacheClusterEnabled": true,
                      "methodSettings": {
                        "*/*": { "throttlingRateLimit": 1000000, "throttlingBurstLimit": 1000000 },
                        "/cached/{proxy+}/GET": { "cachingEnabled": true, "cacheTtlInSeconds": 3600 }
                      }
                    }
                  }
                }
              },
              "usagePlans": {
                "plan": {
                  "apiStages": [{ "apiId": "api", "stage": "s" }],
                  "throttle": { "rateLimit": {{rate}}, "burstLimit": {{burst}} },
                  "quota": { "limit": {{quota}}, "period": "MONTH" }
                }
              },
              "apiKeys": { "key": { "usagePlanIds": ["plan"] } }
            }
            """);
        return path;
    }

    /// <summary>The environment of a gateway process.</summary>
    public static (string Key, string Value)[] Environment(string definition, string redis, int port) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("Gateway__ApiKeys__key", Key),
        ("AWS_REGION", "us-east-1"),
        ("ConnectionStrings__redis", redis),
        ("Gateway__File", definition),
        ("Kestrel__Endpoints__Data__Url", $"http://127.0.0.1:{port}"),
        ("Kestrel__Endpoints__Control__Url", "http://127.0.0.1:0"),
    ];
}
