using System.Text;

namespace ApiPoc.Gateway.Framing;

/// <summary>
/// Reads a length's digits as they are and everything else as what no number holds. Kestrel would take <c>+4</c> for 4 and <c>-0</c> for 0,
/// where others on the way refuse, or see no length at all (RFC 9112, section 6.2: digits only).
/// </summary>
internal sealed class LengthEncoding : Encoding
{
    private const char NotADigit = '?';

    private LengthEncoding()
    {
    }

    /// <summary>The only one.</summary>
    public static LengthEncoding Instance { get; } = new();

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => ASCII.GetByteCount(chars, index, count);

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    /// <summary>Reads as much as there is room for: Kestrel gives room for one digit more than any length has, and refuses what fills it.</summary>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        int count = Math.Min(bytes.Length, chars.Length);
        for (int index = 0; index < count; index++)
            chars[index] = char.IsAsciiDigit((char)bytes[index]) ? (char)bytes[index] : NotADigit;
        return count;
    }

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => charCount;

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => byteCount;
}
