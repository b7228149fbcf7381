using System.Runtime.CompilerServices;

namespace ApiPoc;

/// <summary>Compiled into every service, for only the program's own module runs code before Main.</summary>
internal static class ServiceModule
{
    // CA2255 is about libraries, whose users cannot know; this is the program itself.
    [ModuleInitializer]
    internal static void Start() => ServiceDefaults.StartupGuard.Install();
}
