namespace ApiPoc.Gateway.Pipeline;

/// <summary>Tells what is wrong with a request's body from what is wrong with a back end, when reading one breaks off sending to the other.</summary>
internal static class CallerFault
{
    /// <summary>The fault of the request in <paramref name="failure"/>; null when it is another's.</summary>
    public static BadHttpRequestException? In(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is BadHttpRequestException fault)
                return fault;
            // So Kestrel tells of a chunk that is longer than any number.
            if (cause is IOException { InnerException: OverflowException })
                return new BadHttpRequestException("A chunk's size is no size.", cause);
        }
        return null;
    }
}
