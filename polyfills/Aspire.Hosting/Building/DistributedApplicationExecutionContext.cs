namespace Aspire.Hosting;

/// <summary>What the model is built for; here always to be run.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    private IServiceProvider? _services;

    public DistributedApplicationOperation Operation { get; } = operation;

    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <exception cref="InvalidOperationException">The application has not been built yet.</exception>
    public IServiceProvider Services
    {
        get => _services ?? throw new InvalidOperationException("Services are available once the application is built.");
        internal set => _services = value;
    }
}

/// <summary>To run the application, or to write down how it is deployed.</summary>
public enum DistributedApplicationOperation
{
    Run,
    Publish,
}
