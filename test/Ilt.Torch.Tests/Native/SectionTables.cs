using System.Text;

namespace Ilt.Torch.Tests.Native;

/// <summary>
/// The slow, obvious twin of the product's reader: finds the version tables by the names of their sections, as readelf does, where the
/// product follows the dynamic segment, as the loader does.
/// </summary>
internal sealed class SectionTables
{
    private readonly byte[] file;
    private readonly Dictionary<string, (int Offset, int Size, int Count)> sections = [];

    public SectionTables(byte[] file)
    {
        this.file = file;
        var (headers, size, count, namesAt) = ((int)BitConverter.ToInt64(file, 40), BitConverter.ToUInt16(file, 58), BitConverter.ToUInt16(file, 60), BitConverter.ToUInt16(file, 62));
        var names = (int)BitConverter.ToInt64(file, headers + namesAt * size + 24);
        for (var i = 0; i < count; i++)
        {
            var header = headers + i * size;
            var name = Text(names + BitConverter.ToInt32(file, header));
            sections[name] = ((int)BitConverter.ToInt64(file, header + 24), (int)BitConverter.ToInt64(file, header + 32), BitConverter.ToInt32(file, header + 44));
        }
    }

    /// <summary>Library, version, index and flags of every need, in the file's order.</summary>
    public List<(string Library, string Version, int Index, int Flags)> Needs()
    {
        var needs = new List<(string, string, int, int)>();
        if (!sections.TryGetValue(".gnu.version_r", out var table)) return needs;
        var at = table.Offset;
        for (var i = 0; i < table.Count; i++)
        {
            var entry = at + BitConverter.ToInt32(file, at + 8);
            for (var j = 0; j < BitConverter.ToUInt16(file, at + 2); j++)
            {
                needs.Add((DynamicText(BitConverter.ToInt32(file, at + 4)), DynamicText(BitConverter.ToInt32(file, entry + 8)),
                    BitConverter.ToUInt16(file, entry + 6), BitConverter.ToUInt16(file, entry + 4)));
                entry += BitConverter.ToInt32(file, entry + 12);
            }
            at += BitConverter.ToInt32(file, at + 12);
        }
        return needs;
    }

    /// <summary>The versions that the file defines.</summary>
    public List<string> Definitions()
    {
        var names = new List<string>();
        if (!sections.TryGetValue(".gnu.version_d", out var table)) return names;
        var at = table.Offset;
        for (var i = 0; i < table.Count; i++)
        {
            names.Add(DynamicText(BitConverter.ToInt32(file, at + BitConverter.ToInt32(file, at + 12))));
            at += BitConverter.ToInt32(file, at + 16);
        }
        return names;
    }

    /// <summary>Name, version index and whether a relocation refers to it, of every undefined symbol.</summary>
    public List<(int Number, string Name, int Version, bool Relocated)> Undefined()
    {
        var relocated = new HashSet<int>();
        foreach (var name in new[] { ".rela.dyn", ".rela.plt" })
            if (sections.TryGetValue(name, out var table))
                for (var at = table.Offset; at < table.Offset + table.Size; at += 24) relocated.Add(BitConverter.ToInt32(file, at + 12));
        var (symbols, versions) = (sections[".dynsym"], sections[".gnu.version"]);
        var found = new List<(int, string, int, bool)>();
        for (var i = 1; i < symbols.Size / 24; i++)
        {
            var at = symbols.Offset + i * 24;
            if (BitConverter.ToUInt16(file, at + 6) != 0) continue; // SHN_UNDEF
            found.Add((i, DynamicText(BitConverter.ToInt32(file, at)), BitConverter.ToUInt16(file, versions.Offset + i * 2) & 0x7fff, relocated.Contains(i)));
        }
        return found;
    }

    private string DynamicText(int offset) => Text(sections[".dynstr"].Offset + offset);

    private string Text(int at) => Encoding.UTF8.GetString(file, at, Array.IndexOf(file, (byte)0, at) - at);
}
