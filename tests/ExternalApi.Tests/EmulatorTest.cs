namespace ApiPoc.ExternalApi.Tests;

/// <summary>Tests of a class share an emulator, and each begins with full quotas and as configured.</summary>
public abstract class EmulatorTest(Emulator emulator) : IClassFixture<Emulator>, IAsyncLifetime
{
    protected Emulator Emulator => emulator;

    public Task InitializeAsync() => emulator.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;
}
