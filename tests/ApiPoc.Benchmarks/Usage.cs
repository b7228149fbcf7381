namespace ApiPoc.Benchmarks;

internal static class Usage
{
    /// <summary>Says what there is to run.</summary>
    public static int Show()
    {
        Console.WriteLine("""
            dotnet run -c Release --project tests/ApiPoc.Benchmarks -- <what>

              gateway [seconds]           throughput of the gateway beside a bare forward, ASP.NET Core's rate limiter and nginx   (5 rounds of 4 s each)
              gateway-accuracy [seconds]  what four gateways admit together: at three times a plan's rate, and of a quota          (60 s and 15 s)
              drain [--scenario A,S1,…] [--seed n] [--jobs n] [--orchestrators n] [--cold] [--peers]
                                          real consumers drain jobs through a referee, scenario by scenario
              simulate [--scenario A,S1,…] [--seeds n] [--jobs n] [--workers n]
                                          the production engine in virtual time; a month of quota for a million jobs
            """);
        return 2;
    }
}
