using Microsoft.Extensions.Configuration;

namespace ApiPoc.AppHost.Backings;

/// <summary>Reads <c>--backing auto|embedded|containers|aws</c>; auto takes containers when a container runtime answers, else embedded.</summary>
internal static class BackingChoice
{
    private const string Key = "backing";

    /// <summary>Adds the chosen backing's resources; null, with a message, when the choice is none of the four.</summary>
    public static IBacking? AddBacking(this IDistributedApplicationBuilder builder)
    {
        var choice = builder.Configuration.GetValue(Key, "auto").ToLowerInvariant();
        if (choice == "auto")
            choice = ContainerRuntime.Answers(builder.Configuration) ? "containers" : "embedded";
        switch (choice)
        {
            case "embedded":
                return new EmbeddedBacking(builder);
            case "containers":
                return new ContainersBacking(builder);
            case "aws":
                return new AwsBacking(builder);
            default:
                Console.Error.WriteLine($"--{Key} {choice} is unknown. Say auto, embedded, containers or aws.");
                return null;
        }
    }
}
