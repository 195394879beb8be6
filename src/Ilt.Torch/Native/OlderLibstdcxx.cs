namespace Ilt.Torch.Native;

/// <summary>
/// Makes a copy of TorchSharp's native library that loads beside an older libstdc++. TorchSharp 0.107 is linked against GCC 13 and asks
/// for versions of libstdc++ that Debian 12, Ubuntu 22.04 (GCC 12) and RHEL 9 (GCC 11) lack, although it calls nothing they lack.
/// </summary>
internal static class OlderLibstdcxx
{
    /// <summary>The library whose versions are looked at.</summary>
    public const string Library = "libstdc++.so.6";

    // Functions that a newer libstdc++ offers under a second version: their first one is there on older systems, with the same arguments.
    // condition_variable::wait lost its noexcept in GCC 12, nothing else.
    private static readonly (string Symbol, string Older)[] Renamed =
        [("_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE", "GLIBCXX_3.4.11")];

    /// <summary>Lifts, in place, every demand for a version of libstdc++ that the system lacks and nothing in the library uses.</summary>
    /// <param name="library">The bytes of the library, changed in place: one flag per version, two bytes per renamed function.</param>
    /// <param name="offered">The versions that the system's libstdc++ offers.</param>
    /// <returns>The versions whose demand was lifted; empty where the system has all of them.</returns>
    /// <exception cref="NotSupportedException">The library really calls a function of a missing version.</exception>
    /// <exception cref="FormatException">The bytes are no shared library.</exception>
    public static IReadOnlyList<string> Adapt(byte[] library, IReadOnlySet<string> offered)
    {
        var image = new ElfImage(library);
        var missing = image.Needs.Where(need => need.Library == Library && !offered.Contains(need.Version)).ToList();
        if (missing.Count == 0) return [];
        var relocated = image.Relocated();
        foreach (var need in missing)
        {
            for (var symbol = 1; symbol < image.UndefinedEnd; symbol++)
                if (image.SymbolVersion(symbol) == need.Index && relocated.Contains(symbol)) Rename(image, symbol, need, offered);
            image.MarkWeak(need);
        }
        return [.. missing.Select(need => need.Version)];
    }

    private static void Rename(ElfImage image, int symbol, VersionNeed need, IReadOnlySet<string> offered)
    {
        var name = image.SymbolName(symbol);
        var older = Array.Find(Renamed, known => known.Symbol == name).Older;
        var target = image.Needs.FirstOrDefault(other => other.Library == Library && other.Version == older);
        if (older is null || target.Version is null || !offered.Contains(older))
            throw new NotSupportedException($"it calls {name} of {need.Version}, which this system's {Library} lacks; install a newer libstdc++ (GCC 13 or later has it).");
        image.SetSymbolVersion(symbol, target.Index);
    }
}
