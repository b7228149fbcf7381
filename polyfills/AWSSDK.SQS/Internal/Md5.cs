using System.Buffers.Binary;
using System.Text;
using Amazon.SQS.Model;
using Amazon.Util;

namespace Amazon.SQS.Internal;

/// <summary>The digests SQS answers with, computed as its developer guide says ("Calculating the MD5 message digest for message attributes").</summary>
internal static class Md5
{
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(Dictionary<string, MessageAttributeValue> attributes)
    {
        using var buffer = new MemoryStream();
        foreach (var (name, attribute) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            Write(buffer, Encoding.UTF8.GetBytes(name));
            Write(buffer, Encoding.UTF8.GetBytes(attribute.DataType));
            buffer.WriteByte(attribute.BinaryValue is null ? (byte)1 : (byte)2);
            Write(buffer, attribute.BinaryValue?.ToArray() ?? Encoding.UTF8.GetBytes(attribute.StringValue));
        }

        return Of(buffer.ToArray());
    }

    private static string Of(byte[] bytes) => Convert.ToHexStringLower(CryptoUtilFactory.CryptoInstance.ComputeMD5Hash(bytes));

    private static void Write(MemoryStream buffer, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        buffer.Write(length);
        buffer.Write(bytes);
    }
}
