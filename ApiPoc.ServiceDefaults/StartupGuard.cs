using ApiPoc.ServiceDefaults.Configuration;

namespace ApiPoc.ServiceDefaults;

/// <summary>
/// Prints what <see cref="ServiceRun"/> would also when it is thrown before that has its turn: a settings file that is not JSON is
/// read by the host's builder, wrong options may first be asked for while endpoints are mapped.
/// </summary>
public static class StartupGuard
{
    /// <summary>From now on such an exception, when nobody catches it, ends the process with its lines and exit code 1.</summary>
    public static void Install() => AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
    {
        if (unhandled.ExceptionObject is not Exception exception || StartupErrors.Describe(exception) is not { } lines)
            return;
        StartupErrors.Write(lines);
        Environment.Exit(1);
    };
}
