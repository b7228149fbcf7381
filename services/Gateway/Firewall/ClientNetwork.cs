using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ApiPoc.Gateway.Firewall;

/// <summary>Whose rate is counted: an IPv4 address, or an IPv6 /64, which is the least one household or host has to itself.</summary>
/// <param name="Bits">The address as IPv6, IPv4 mapped, the lower half of IPv6 cleared.</param>
internal readonly record struct ClientNetwork(UInt128 Bits)
{
    /// <summary>The network of <paramref name="address"/>.</summary>
    public static ClientNetwork Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            bytes[10] = bytes[11] = 0xff;
            address.TryWriteBytes(bytes[12..], out _);
        }
        else
        {
            address.TryWriteBytes(bytes, out _);
            if (!address.IsIPv4MappedToIPv6)
                bytes[8..].Clear();
        }
        return new ClientNetwork(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>The network as 32 hexadecimal digits.</summary>
    public override string ToString() => Bits.ToString("x32");
}
