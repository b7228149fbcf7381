namespace ApiPoc.Gateway.Integrations;

/// <summary>Reads bodies whose sender is not trusted to keep them short.</summary>
internal static class BoundedBody
{
    /// <summary>Reads the whole of <paramref name="content"/>.</summary>
    /// <returns>Null when it is longer than <paramref name="maxBytes"/>.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
            return null;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(stream, maxBytes, cancellationToken);
    }

    /// <summary>Reads the whole of <paramref name="stream"/>.</summary>
    /// <returns>Null when it is longer than <paramref name="maxBytes"/>; then it has been read a little further.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[Math.Min(maxBytes + 1, 4096)];
        int length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length > maxBytes)
                return null;
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(maxBytes + 1, buffer.Length * 2));
        }
        return buffer.AsMemory(0, length);
    }
}
