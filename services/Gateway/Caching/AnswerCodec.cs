using System.Text;
using ApiPoc.Gateway.Responses;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Caching;

/// <summary>Writes answers as bytes: format version, status, headers, body.</summary>
internal static class AnswerCodec
{
    private const byte Version = 1;

    /// <summary>Writes <paramref name="answer"/>.</summary>
    public static byte[] Write(BufferedAnswer answer)
    {
        using var bytes = new MemoryStream(answer.Body.Length + 512);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write7BitEncodedInt(answer.Status);
        writer.Write7BitEncodedInt(answer.Headers.Count);
        foreach (var (name, values) in answer.Headers)
        {
            writer.Write(name);
            writer.Write7BitEncodedInt(values.Count);
            foreach (string? value in values)
                writer.Write(value ?? "");
        }
        writer.Write(answer.Body.Span);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null for another version's bytes.</summary>
    public static BufferedAnswer? Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        if (reader.ReadByte() != Version)
            return null;
        int status = reader.Read7BitEncodedInt();
        var headers = new KeyValuePair<string, StringValues>[reader.Read7BitEncodedInt()];
        for (int index = 0; index < headers.Length; index++)
        {
            string name = reader.ReadString();
            string[] values = new string[reader.Read7BitEncodedInt()];
            for (int at = 0; at < values.Length; at++)
                values[at] = reader.ReadString();
            headers[index] = new(name, values);
        }
        return new BufferedAnswer(status, headers, bytes.AsMemory((int)stream.Position));
    }
}
