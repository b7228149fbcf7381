using System.Text;
using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Control.Import;

namespace ApiPoc.Gateway.Tests.Control.Import;

public sealed class KeyFileReaderTests
{
    [Fact]
    public async Task Read_TenTimesTheKeysOfAnAccount_KeepsOneMoreThanItMayHave()
    {
        await using var file = new RowStream("Name,Key\n", row => $"name,ten-times-as-many-{row:d12}\n", 10 * ApiKeyStore.Maximum);
        var read = await KeyFileReader.ReadAsync(file, CancellationToken.None);
        Assert.Equal((ApiKeyStore.Maximum + 1, true), (read.Rows.Count, read.Report.IsEmpty));
    }

    [Fact]
    public async Task Read_EndlessLine_StopsAfterTheLongestRow()
    {
        await using var file = new RowStream("Name,Key\nn,", _ => "xxxxxxxx", int.MaxValue);
        var read = await KeyFileReader.ReadAsync(file, CancellationToken.None);
        Assert.Equal(["line 2, column 1: more than 16384 characters in one row: is a quote not closed?"], read.Report.Messages);
        Assert.InRange(file.Given, 16 * 1024, 256 * 1024);
    }

    [Fact]
    public async Task Read_RowsOfTheLongestLength_AreRead()
    {
        string description = new('d', CsvRecords.LongestRecord - 100);
        await using var file = new RowStream("Name,Key,Description\n", row => $"name,long-descriptions-{row:d12},{description}\n", 100);
        var read = await KeyFileReader.ReadAsync(file, CancellationToken.None);
        Assert.Equal((100, true), (read.Rows.Count, read.Report.IsEmpty));
    }

    [Fact]
    public async Task Read_BlankLines_CountAsLines()
    {
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes("\n\nName,Key\n\n\"a\nb\",blank-lines-key-000000000000001\n\nn,short\n"));
        var read = await KeyFileReader.ReadAsync(file, CancellationToken.None);
        Assert.Equal(5, Assert.Single(read.Rows).Line);
        Assert.Equal(["line 8, column 2: the key s… has 5 characters; 20 to 128 are allowed"], read.Report.Messages);
    }

    [Fact]
    public async Task Read_RowPrinted_KeepsItsKey()
    {
        await using var file = new MemoryStream(Encoding.UTF8.GetBytes("Name,Key\nn,printed-row-key-000000000000001\n"));
        Assert.Equal("line 2", (await KeyFileReader.ReadAsync(file, CancellationToken.None)).Rows.Single().ToString());
    }

    /// <summary>A file of any length that is never in memory as a whole.</summary>
    private sealed class RowStream(string header, Func<int, string> rowOf, int rows) : Stream
    {
        private byte[] _current = Encoding.UTF8.GetBytes(header);
        private int _at;
        private int _row;

        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_at == _current.Length && _row < rows)
                (_current, _at) = (Encoding.UTF8.GetBytes(rowOf(_row++)), 0);
            int read = Math.Min(buffer.Length, _current.Length - _at);
            _current.AsSpan(_at, read).CopyTo(buffer);
            _at += read;
            Given += read;
            return read;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
