using System.Buffers.Text;
using System.Net.Sockets;

namespace ApiPoc.Benchmarks;

/// <summary>Reads one HTTP/1.1 answer to its end: a length or chunks.</summary>
internal static class AnswerReader
{
    private const int StatusAt = 9;

    /// <summary>Reads an answer of at most the buffer's size.</summary>
    /// <returns>Its status.</returns>
    public static async Task<int> ReadStatusAsync(Socket socket, Memory<byte> buffer)
    {
        int length = 0;
        while (true)
        {
            int read = await socket.ReceiveAsync(buffer[length..]);
            if (read == 0)
                throw new IOException("The server closed the connection.");
            length += read;
            if (IsComplete(buffer.Span[..length]))
                return Utf8Parser.TryParse(buffer.Span.Slice(StatusAt, 3), out int status, out _) ? status : 0;
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        int end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var head = answer[..end];
        int at = head.IndexOf("ontent-Length: "u8);
        if (at < 0)
            at = head.IndexOf("ontent-length: "u8);
        if (at >= 0 && Utf8Parser.TryParse(head[(at + 15)..], out int length, out _))
            return answer.Length - end - 4 >= length;
        return answer.EndsWith("0\r\n\r\n"u8);
    }
}
