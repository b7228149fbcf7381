using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Control.UsagePlans;
using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Control.Accounts;

/// <summary>GetAccount, UpdateAccount. The account's throttle is AWS's to raise there, and <c>gateway.json</c>'s here.</summary>
internal static class AccountOperations
{
    private const string UsagePlansFeature = "UsagePlans";

    private static readonly PatchTable<AccountDocument> Table = new(
        new PatchRow<AccountDocument>("/features", PatchOps.Add, (account, patch) => patch.Text == UsagePlansFeature ? account : throw patch.Refused(UsagePlansFeature)));

    /// <summary>Shows the account.</summary>
    public static IResult Get(DefinitionSource definitions) => ControlAnswer.Ok(Shown(definitions));

    /// <summary>Changes nothing: usage plans, which old clients switch on first, are on.</summary>
    public static IResult Update(JsonBody<PatchRequest> body, DefinitionSource definitions) => ControlAnswer.Ok(Table.Apply(Shown(definitions), body.Value));

    private static AccountDocument Shown(DefinitionSource definitions) =>
        new(ThrottleDocument.Of(definitions.Current.Account.Throttle)!, [UsagePlansFeature], ApiKeyVersion: "4");
}

/// <summary>The account as the API shows it.</summary>
internal sealed record AccountDocument(ThrottleDocument ThrottleSettings, IReadOnlyList<string> Features, string ApiKeyVersion);
