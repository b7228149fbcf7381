using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using ApiPoc.Gateway.Control;
using ApiPoc.Gateway.Control.Signing;
using ApiPoc.Gateway.Tests.Kit;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Gateway.Tests.Control.Signing;

/// <summary>What AWS's own SDK for .NET signs is accepted: its signer is the same for every service.</summary>
public sealed class SdkSignatureTests
{
    [Theory]
    [InlineData("secret", null, true)]
    [InlineData("secret", "session-token", true)]
    [InlineData("another", null, false)]
    public async Task Verify_RequestOfTheSdk(string secret, string? token, bool isGood)
    {
        var verifier = new SignatureVerifier([new ControlCredential { AccessKeyId = "id", SecretAccessKey = "secret", SessionToken = token }], "sqs", "eu-west-1");
        var judged = new TaskCompletionSource<(ControlError? Fault, bool IsGood)>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await Backend.StartAsync(async http =>
        {
            judged.TrySetResult(await JudgeAsync(verifier, http));
            await http.Response.WriteAsync("{}");
        });
        using var client = new AmazonSQSClient(
            token is null ? new BasicAWSCredentials("id", secret) : new SessionAWSCredentials("id", secret, token),
            new AmazonSQSConfig { ServiceURL = server.Address, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });

        await client.GetQueueUrlAsync(new GetQueueUrlRequest { QueueName = "queue of mine" });

        Assert.Equal((null, isGood), await judged.Task);
    }

    private static async Task<(ControlError? Fault, bool IsGood)> JudgeAsync(SignatureVerifier verifier, HttpContext http)
    {
        var request = SignedRequest.Of(http);
        var claim = verifier.Examine(request, TimeProvider.System.GetUtcNow(), out var fault);
        string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(http.Request.Body));
        return (fault, claim is not null && verifier.Verify(request, claim, hash));
    }
}
