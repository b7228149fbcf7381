using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Authorizers;

/// <summary>Lets in whom the method's authorizer allows.</summary>
internal sealed class AuthorizerStep(IConfiguration configuration) : IGatewayStep
{
    private const string Account = "000000000000";
    private readonly string _region = configuration["AWS_REGION"] ?? "us-east-1";

    /// <inheritdoc/>
    public ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call) =>
        call.Method!.Authorizer is { } authorizer ? JudgeAsync(call, authorizer) : GatewayCall.GoOn;

    private async ValueTask<IGatewayAnswer?> JudgeAsync(GatewayCall call, Authorizer authorizer)
    {
        if (authorizer.IdentityOf(call) is not { } identity)
            return await GatewayCall.Refuse(call.Errors.Unauthorized);
        string methodArn = $"arn:aws:execute-api:{_region}:{Account}:{call.Stage!.ApiId}/{call.Stage.Name}/{call.Request.Method}{call.Path}";
        var answer = await authorizer.AskAsync(call, methodArn, identity);
        call.Verdict = answer.Verdict;
        var error = answer.Outcome switch
        {
            AuthorizerOutcome.Unauthorized => call.Errors.Unauthorized,
            AuthorizerOutcome.Failed => call.Errors.AuthorizerFailed,
            _ => answer.Verdict!.Policy.Judge(methodArn) switch
            {
                PolicyVerdict.Allowed => null,
                PolicyVerdict.Denied => call.Errors.ExplicitlyDenied,
                _ => call.Errors.NotAllowed,
            },
        };
        return error is null ? null : await GatewayCall.Refuse(error);
    }
}
