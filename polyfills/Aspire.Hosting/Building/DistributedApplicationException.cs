namespace Aspire.Hosting;

/// <summary>The application cannot do what its model says.</summary>
public class DistributedApplicationException : Exception
{
    public DistributedApplicationException()
    {
    }

    public DistributedApplicationException(string message) : base(message)
    {
    }

    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}

/// <summary>A parameter has no value in configuration.</summary>
public class MissingParameterValueException(string message) : DistributedApplicationException(message);
