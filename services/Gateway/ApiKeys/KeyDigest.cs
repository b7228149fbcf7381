using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ApiPoc.Gateway.ApiKeys;

/// <summary>The SHA-256 digest of a key's value: what keys are looked up by. Compared in constant time.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct KeyDigest : IEquatable<KeyDigest>
{
    private readonly Bytes _bytes;

    /// <summary>Digests <paramref name="value"/>: at most 128 ASCII characters, which the caller has checked.</summary>
    public static KeyDigest Of(ReadOnlySpan<char> value)
    {
        Span<byte> ascii = stackalloc byte[128];
        int length = System.Text.Encoding.ASCII.GetBytes(value, ascii);
        var digest = default(KeyDigest);
        SHA256.HashData(ascii[..length], MemoryMarshal.AsBytes(new Span<KeyDigest>(ref digest)));
        CryptographicOperations.ZeroMemory(ascii[..length]);
        return digest;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static KeyDigest Parse(string hex)
    {
        var digest = default(KeyDigest);
        Convert.FromHexString(hex, MemoryMarshal.AsBytes(new Span<KeyDigest>(ref digest)), out _, out int written);
        return written == Bytes.Length ? digest : throw new FormatException("A SHA-256 digest has 64 hexadecimal digits.");
    }

    /// <inheritdoc/>
    public bool Equals(KeyDigest other) => CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is KeyDigest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => MemoryMarshal.Read<int>(_bytes);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);

    [InlineArray(Length)]
    private struct Bytes
    {
        public const int Length = 32;

        private byte _first;
    }
}
