using System.Globalization;
using System.Text;
using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Registry;
using CsvHelper;

namespace ApiPoc.Gateway.Control.Import;

/// <summary>Writes keys as <see cref="KeyFileReader"/> reads them. A value that is not kept is an empty cell.</summary>
internal static class KeyFileWriter
{
    /// <summary>Writes the keys of <paramref name="state"/> by id.</summary>
    public static async Task WriteAsync(Stream file, RegistryState state, ApiKeyStore keys)
    {
        await using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        // With a line end of its own choice (CRLF) it quotes cells that hold any line end; told one, only those that hold that one.
        await using var writer = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
        await WriteRowAsync(writer, KeyFileColumns.All);
        var plansByKey = state.PlanKeys.Values.ToLookup(member => member.KeyId, member => member.PlanId, StringComparer.Ordinal);
        foreach (var key in state.Keys.Values.OrderBy(key => key.Id, StringComparer.Ordinal))
        {
            string plans = string.Join(',', plansByKey[key.Id].Order(StringComparer.Ordinal));
            await WriteRowAsync(writer, [key.Name, keys.Reveal(key) ?? "", key.Description, key.Enabled ? "true" : "false", plans]);
        }
        await writer.FlushAsync();
    }

    private static Task WriteRowAsync(CsvWriter writer, IReadOnlyList<string> cells)
    {
        foreach (string cell in cells)
            writer.WriteField(CellText.Escape(cell));
        return writer.NextRecordAsync();
    }
}
