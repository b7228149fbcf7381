namespace ApiPoc.EndToEnd;

/// <summary>Where the README says that things are.</summary>
internal static class Addresses
{
    public static Uri ExternalApi { get; } = new("http://localhost:5081");

    public static Uri Orchestrator { get; } = new("http://localhost:5082");

    public static Uri TaskMaster { get; } = new("http://localhost:5083");

    public static Uri SqsSns { get; } = new("http://localhost:4566");
}
