using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ApiPoc.ServiceDefaults.Configuration;

/// <summary>Turns what can go wrong at start through no fault of the code into lines for a person.</summary>
internal static class StartupErrors
{
    /// <summary>One line per error; null when the exception is not of this kind.</summary>
    public static IReadOnlyList<string>? Describe(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException aggregate => DescribeAll(aggregate.InnerExceptions),
        IOException { InnerException: AddressInUseException } => [$"{Line(exception)} Stop the program that uses it, or set ASPNETCORE_URLS."],

        // A configuration file that cannot be read; the innermost message has the line.
        InvalidDataException => [$"{Line(exception)} {Line(exception.GetBaseException())}"],

        // Addresses that cannot be parsed (ASPNETCORE_URLS).
        FormatException => [Line(exception)],
        _ => null,
    };

    public static void Write(IEnumerable<string> lines)
    {
        Console.Error.WriteLine("Cannot start:");
        foreach (var line in lines)
            Console.Error.WriteLine($"  {line}");
    }

    private static IReadOnlyList<string>? DescribeAll(IEnumerable<Exception> exceptions)
    {
        var described = exceptions.Select(Describe).ToArray();
        return Array.TrueForAll(described, lines => lines is not null) ? [.. described.SelectMany(lines => lines!)] : null;
    }

    private static string Line(Exception exception) => exception.Message.ReplaceLineEndings(" ");
}
