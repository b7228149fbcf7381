using System.Collections.Concurrent;
using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.BadInputs;

/// <summary>Requests that were good before something was put in, taken out or overwritten at random; a seed gives the same ones again.</summary>
public sealed class MutationTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private const int Calls = 400;

    private static readonly string[] Good =
    [
        $"GET {BadInputFixture.Stage}/keyed?lang=de HTTP/1.1\r\nHost: localhost\r\nx-api-key: {BadInputFixture.Key}\r\nConnection: close\r\n\r\n",
        $"POST {BadInputFixture.Stage}/things HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{{\"name\":\"n\"}}",
        $"POST {BadInputFixture.Stage}/forwarded HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        $"GET {BadInputFixture.Stage}/files/a/b HTTP/1.1\r\nHost: localhost\r\nAccept: application/problem+json\r\nConnection: close\r\n\r\n",
        "PATCH /apikeys/key HTTP/1.1\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/b\r\nConnection: close\r\n\r\n",
    ];

    private static readonly string[] Morsels =
    [
        "\r\n", "\n", "\0", " ", "%2e%2e", "%00", "//", ":", "-1", "+", "0000000000000000000000000000000000000002", "\u00ff", "\u00f0\u009f\u0098\u0080", "{", "\"", "[", "%", "?",
        "#", "&", ";", ",", "\t", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n", "Cache-Control: max-age=0\r\n", "Origin: null\r\n",
        "Connection: x-api-key\r\n", "X-Forwarded-For: ::1%eth0\r\n", "x-apipoc-explain: 1\r\n",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task MutatedRequests_AreNeverAFaultOfOurs(int seed)
    {
        var random = new Random(seed);
        string[] requests = [.. Enumerable.Range(0, Calls).Select(_ => Mutate(random))];
        ConcurrentBag<string> faults = [];
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (request, _) =>
        {
            var plane = request.Length % 4 == 0 ? fixture.Gateway.Control : fixture.Gateway.Data;
            // What is incomplete is waited for, until the server has waited long enough.
            var call = await RawCall.SendAsync(plane, request, answer => answer.Contains("\r\n\r\n", StringComparison.Ordinal));
            if (call.Status == 500)
                faults.Add(request);
        });
        Assert.Empty(faults);
        Assert.DoesNotContain(
            fixture.Gateway.Log, line => line.StartsWith("Error", StringComparison.Ordinal) || line.Contains("ended abnormally", StringComparison.Ordinal));
    }

    private static string Mutate(Random random)
    {
        string request = Good[random.Next(Good.Length)];
        for (int left = random.Next(1, 5); left > 0; left--)
        {
            int at = random.Next(request.Length);
            int length = Math.Min(random.Next(1, 9), request.Length - at);
            request = random.Next(3) switch
            {
                0 => request.Insert(at, Morsels[random.Next(Morsels.Length)]),
                1 => request.Remove(at, length),
                _ => $"{request[..at]}{(char)random.Next(256)}{request[(at + 1)..]}",
            };
        }
        return request;
    }
}
