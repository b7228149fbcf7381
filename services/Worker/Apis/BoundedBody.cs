using System.Buffers;

namespace ApiPoc.Worker.Apis;

/// <summary>Reads a body up to a bound, which is on what comes out of the decompression.</summary>
internal static class BoundedBody
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>The body; null when it is larger than <paramref name="maxBytes"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (int read; (read = await stream.ReadAsync(chunk, cancellationToken)) > 0;)
            {
                if (body.Length + read > maxBytes)
                    return null;
                body.Write(chunk, 0, read);
            }
            return body.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
