using System.Net.Sockets;
using System.Text;
using ApiPoc.Gateway.Tests.Kit;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Tests.BadInputs;

public sealed class SlowClientTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private const int Connections = 200;
    private const string Announced = "Content-Length: 1000000";
    private const string Chunked = "Transfer-Encoding: chunked";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    [Fact]
    public void Limits_OfSilence_AreBelow15Seconds()
    {
        var limits = fixture.Gateway.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.InRange(limits.RequestHeadersTimeout, TimeSpan.FromSeconds(1), Bound);
        Assert.InRange(limits.KeepAliveTimeout, TimeSpan.FromSeconds(1), Bound);
        Assert.InRange(limits.MinRequestBodyDataRate!.GracePeriod, TimeSpan.FromSeconds(1), Bound);
    }

    [Fact]
    public async Task SlowHeaders_ManyOfThem_AreClosed_AndOthersServedMeanwhile()
    {
        var slow = Enumerable.Range(0, Connections).Select(_ => TrickleAsync(fixture.Gateway.Data, $"GET {BadInputFixture.Stage}/open HTTP/1.1\r\nX-A: ", "a")).ToList();
        for (int call = 0; call < 20; call++)
            Assert.Equal(200, (await fixture.Gateway.GetAsync("bad/aws/open")).Status);
        Assert.All(await Task.WhenAll(slow), call => Assert.True(call.IsClosed));
    }

    [Theory]
    [InlineData("things", Announced, "a")]
    [InlineData("things", Chunked, "1\r\na\r\n")]
    [InlineData("forwarded", Announced, "a")]
    [InlineData("forwarded", Chunked, "1\r\na\r\n")]
    public async Task NeverEndingBody_408_AndClosed(string method, string framing, string piece)
    {
        ShouldBeTooSlow(await TrickleAsync(fixture.Gateway.Data, $"POST {BadInputFixture.Stage}/{method} HTTP/1.1\r\nHost: localhost\r\n{framing}\r\n\r\n", piece));
    }

    [Fact]
    public async Task NeverEndingBody_OnTheControlPlane_408_AndClosed()
    {
        var control = fixture.Gateway.Control;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(control, "apikeys"));
        await RequestSigner.SignAsync(request, TimeProvider.System.GetUtcNow());
        string signature = string.Concat(request.Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}\r\n"));
        ShouldBeTooSlow(await TrickleAsync(control, $"POST /apikeys HTTP/1.1\r\nHost: {control.Authority}\r\n{signature}{Announced}\r\n\r\n", "a"));
    }

    [Fact]
    public async Task IdleConnection_IsClosed()
    {
        var call = await RawCall.SendAsync(fixture.Gateway.Data, $"GET {BadInputFixture.Stage}/open HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal((200, 1, true), (call.Status, call.Answers, call.IsClosed));
    }

    private void ShouldBeTooSlow(RawCall call)
    {
        Assert.Equal((408, 1, true), (call.Status, call.Answers, call.IsClosed));
        Assert.Contains("\r\nx-amzn-ErrorType: RequestTimeoutException\r\n", call.Answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", call.Answer, StringComparison.Ordinal);
        Assert.Contains("""{"message":"Request Timeout"}""", call.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Gateway.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    /// <summary>Sends <paramref name="head"/>, then <paramref name="piece"/> every second, until the server closes or twice the time has passed that it may take.</summary>
    private static async Task<RawCall> TrickleAsync(Uri server, string head, string piece)
    {
        using var client = new TcpClient();
        using var budget = new CancellationTokenSource(2 * Bound);
        await client.ConnectAsync(server.Host, server.Port, budget.Token);
        var stream = client.GetStream();
        var answer = new StringBuilder();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), budget.Token);
            var closed = ReadToEndAsync(stream, answer, budget.Token);
            while (await Task.WhenAny(closed, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, budget.Token)) != closed)
                await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), budget.Token);
            await closed;
            return new RawCall(answer.ToString(), IsClosed: true);
        }
        catch (IOException)
        {
            // Reset by the server.
            return new RawCall(answer.ToString(), IsClosed: true);
        }
        catch (OperationCanceledException)
        {
            return new RawCall(answer.ToString(), IsClosed: false);
        }
    }

    private static async Task ReadToEndAsync(NetworkStream stream, StringBuilder answer, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
    }
}
