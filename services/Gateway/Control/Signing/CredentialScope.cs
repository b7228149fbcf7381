namespace ApiPoc.Gateway.Control.Signing;

/// <summary>What a signature is good for: <c>{date}/{region}/{service}/aws4_request</c>.</summary>
/// <param name="Date">The day, <c>yyyyMMdd</c>, UTC.</param>
/// <param name="Region">The region.</param>
/// <param name="Service">The service's signing name.</param>
/// <param name="Terminator">Always <see cref="Ending"/>.</param>
internal sealed record CredentialScope(string Date, string Region, string Service, string Terminator = CredentialScope.Ending)
{
    /// <summary>How a scope ends.</summary>
    public const string Ending = "aws4_request";

    /// <inheritdoc/>
    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";
}
