namespace ApiPoc.Gateway.Pipeline;

/// <summary>One step of the pipeline. Steps are shared by all calls and hold no state of one.</summary>
internal interface IGatewayStep
{
    /// <summary>Answers the call, or lets it go on.</summary>
    /// <returns>The answer that ends the pipeline; null to go on.</returns>
    ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call);
}

/// <summary>What a caller is answered.</summary>
internal interface IGatewayAnswer
{
    /// <summary>Sends it. Headers every answer carries are already set.</summary>
    ValueTask WriteAsync(GatewayCall call);
}
