using System.Buffers.Binary;
using System.Text;

namespace Ilt.Torch.Native;

/// <summary>A version of another library that a shared library asks for.</summary>
/// <param name="Library">The other library, e.g. <c>libstdc++.so.6</c>.</param>
/// <param name="Version">The version's name, e.g. <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="Index">The number by which <see cref="ElfImage.SymbolVersion"/> refers to it.</param>
/// <param name="FlagsOffset">Where its two bytes of flags stand in the file.</param>
internal readonly record struct VersionNeed(string Library, string Version, ushort Index, int FlagsOffset);

/// <summary>
/// The version tables and undefined symbols of a 64-bit little-endian ELF shared library, read through its dynamic segment as the
/// loader reads them (System V ABI, and the symbol versioning chapter of the Linux Standard Base).
/// </summary>
internal sealed class ElfImage
{
    private const int SegmentLoad = 1, SegmentDynamic = 2;
    private const long StringTable = 5, SymbolTable = 6, RelaTable = 7, RelaSize = 8, JumpRelSize = 2, JumpRelTable = 23,
        GnuHash = 0x6ffffef5, VersionSymbols = 0x6ffffff0, VersionDefinitions = 0x6ffffffc, VersionDefinitionCount = 0x6ffffffd,
        VersionNeeds = 0x6ffffffe, VersionNeedCount = 0x6fffffff;
    private const int SymbolSize = 24, RelocationSize = 24;

    private readonly byte[] file;
    private readonly List<(long Address, long Offset, long Size)> segments = [];
    private readonly Dictionary<long, long> dynamic = [];

    /// <summary>Reads the tables.</summary>
    /// <param name="file">The whole file; kept, not copied.</param>
    /// <exception cref="FormatException">It is no 64-bit little-endian ELF file with a dynamic segment.</exception>
    public ElfImage(byte[] file)
    {
        this.file = file;
        try
        {
            if (!file.AsSpan().StartsWith("\u007fELF"u8) || file[4] != 2 || file[5] != 1) throw new FormatException("no 64-bit little-endian ELF file");
            var (start, size, count) = ((int)Int64(32), Int16(54), Int16(56));
            var dynamicSegment = (Offset: 0L, Size: 0L);
            for (var at = start; at < start + size * count; at += size)
            {
                if (Int32(at) == SegmentLoad) segments.Add((Int64(at + 16), Int64(at + 8), Int64(at + 32)));
                if (Int32(at) == SegmentDynamic) dynamicSegment = (Int64(at + 8), Int64(at + 32));
            }
            for (var at = (int)dynamicSegment.Offset; at < dynamicSegment.Offset + dynamicSegment.Size && Int64(at) != 0; at += 16)
                dynamic.TryAdd(Int64(at), Int64(at + 8));
            if (!dynamic.ContainsKey(StringTable)) throw new FormatException("an ELF file without a dynamic string table");
            Needs = ReadNeeds();
            Definitions = ReadDefinitions();
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException("a damaged ELF file", e);
        }
    }

    /// <summary>The versions of other libraries that this one asks for.</summary>
    public IReadOnlyList<VersionNeed> Needs { get; }

    /// <summary>The versions that this library offers.</summary>
    public IReadOnlySet<string> Definitions { get; }

    /// <summary>The number of undefined symbols plus one; they stand first in the table, after an empty entry.</summary>
    public int UndefinedEnd => dynamic.ContainsKey(GnuHash) ? Int32(At(GnuHash) + 4) : 0; // symoffset: the first symbol that the hash table finds

    /// <summary>The name of a symbol.</summary>
    public string SymbolName(int symbol) => Text(Int32(At(SymbolTable) + symbol * SymbolSize));

    /// <summary>The index of the version that a symbol is bound to.</summary>
    public ushort SymbolVersion(int symbol) => (ushort)(Int16(At(VersionSymbols) + symbol * 2) & 0x7fff); // the top bit hides a definition

    /// <summary>Binds a symbol to another version.</summary>
    public void SetSymbolVersion(int symbol, ushort index) =>
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(At(VersionSymbols) + symbol * 2), index);

    /// <summary>Marks a need as weak: where the version is missing, the loader goes on.</summary>
    public void MarkWeak(VersionNeed need) => file[need.FlagsOffset] |= 2; // VER_FLG_WEAK

    /// <summary>The symbols that some relocation refers to: those that the loader has to find.</summary>
    public IReadOnlySet<int> Relocated()
    {
        var symbols = new HashSet<int>();
        foreach (var (table, size) in new[] { (RelaTable, RelaSize), (JumpRelTable, JumpRelSize) })
        {
            if (!dynamic.ContainsKey(table)) continue;
            for (var (at, end) = (At(table), At(table) + (int)dynamic[size]); at < end; at += RelocationSize) symbols.Add(Int32(at + 12));
        }
        return symbols;
    }

    // Elf64_Verneed {version, cnt, file, aux, next}; Elf64_Vernaux {hash, flags, other, name, next}
    private List<VersionNeed> ReadNeeds()
    {
        var needs = new List<VersionNeed>();
        if (!dynamic.ContainsKey(VersionNeeds)) return needs;
        for (var (at, left) = (At(VersionNeeds), dynamic[VersionNeedCount]); left > 0; at += Int32(at + 12), left--)
        {
            var library = Text(Int32(at + 4));
            for (var (entry, entries) = (at + Int32(at + 8), Int16(at + 2)); entries > 0; entry += Int32(entry + 12), entries--)
                needs.Add(new VersionNeed(library, Text(Int32(entry + 8)), (ushort)Int16(entry + 6), entry + 4));
        }
        return needs;
    }

    // Elf64_Verdef {version, flags, ndx, cnt, hash, aux, next}; Elf64_Verdaux {name, next}
    private HashSet<string> ReadDefinitions()
    {
        var names = new HashSet<string>();
        if (!dynamic.ContainsKey(VersionDefinitions)) return names;
        for (var (at, left) = (At(VersionDefinitions), dynamic[VersionDefinitionCount]); left > 0; at += Int32(at + 16), left--)
            names.Add(Text(Int32(at + Int32(at + 12))));
        return names;
    }

    private int At(long entry)
    {
        var address = dynamic.TryGetValue(entry, out var value) ? value : throw new FormatException($"an ELF file without the dynamic entry 0x{entry:x}");
        foreach (var (from, offset, size) in segments)
            if (address >= from && address < from + size) return checked((int)(address - from + offset));
        throw new FormatException("a damaged ELF file: a table lies outside of it");
    }

    private string Text(int offset)
    {
        var bytes = file.AsSpan(At(StringTable) + offset);
        return Encoding.UTF8.GetString(bytes[..bytes.IndexOf((byte)0)]);
    }

    private int Int16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
    private int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
    private long Int64(int at) => BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
}
