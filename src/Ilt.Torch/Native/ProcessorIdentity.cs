using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Ilt.Torch.Native;

/// <summary>What a library that compiles for the processor at hand can see of it: model, instruction sets, sizes and sharing of caches.</summary>
internal static class ProcessorIdentity
{
    private const int BasicFunctions = 0, Signature = 1, IntelCaches = 4, Features = 7, Topology = 0xB;
    private const int ExtendedFunctions = unchecked((int)0x80000000), AmdCaches = unchecked((int)0x8000001D);

    // The address of the core that answers; the only parts that differ from core to core.
    private const int CoreAddressMask = 0x00FFFFFF;

    /// <summary>Equal for processors that look the same, also after a restart; a virtual machine may show less than its host.</summary>
    public static string Hash { get; } = Convert.ToHexString(SHA256.HashData(Describe())[..8]).ToLowerInvariant();

    private static byte[] Describe()
    {
        var facts = new List<int> { (int)RuntimeInformation.ProcessArchitecture, Environment.ProcessorCount };
        if (X86Base.IsSupported) AddX86(facts);
        else if (OperatingSystem.IsLinux()) AddLinux(facts);
        var bytes = new byte[facts.Count * sizeof(int)];
        for (var i = 0; i < facts.Count; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), facts[i]);
        return bytes;
    }

    private static void AddX86(List<int> facts)
    {
        var basic = Read(BasicFunctions, 0);
        var (last, lastExtended) = (basic[0], Read(ExtendedFunctions, 0)[0]);
        facts.AddRange(basic);
        var signature = Read(Signature, 0);
        facts.AddRange([signature[0], signature[1] & CoreAddressMask, signature[2], signature[3]]);
        if (last >= Features) facts.AddRange([.. Read(Features, 0), .. Read(Features, 1)]);
        if (last >= IntelCaches) AddCaches(facts, IntelCaches);
        // A processor without AMD's list answers to it with another list or zeros: as good an identity.
        if ((uint)lastExtended >= unchecked((uint)AmdCaches)) AddCaches(facts, AmdCaches);
        if (last >= Topology) facts.AddRange([Read(Topology, 0)[1], Read(Topology, 1)[1]]); // logical processors per core and per package
    }

    private static void AddCaches(List<int> facts, int function)
    {
        for (var cache = 0; cache < 8; cache++)
        {
            var description = Read(function, cache);
            if ((description[0] & 31) == 0) break; // kind 0: no more caches
            facts.AddRange(description);
        }
    }

    private static void AddLinux(List<int> facts)
    {
        if (!File.Exists("/proc/cpuinfo")) return;
        string[] telling = ["CPU implementer", "CPU part", "CPU variant", "Features"];
        foreach (var line in File.ReadLines("/proc/cpuinfo").Where(line => telling.Any(word => line.StartsWith(word, StringComparison.Ordinal))).Distinct().Order())
            facts.AddRange(line.Select(character => (int)character));
    }

    private static int[] Read(int function, int part)
    {
        var (eax, ebx, ecx, edx) = X86Base.CpuId(function, part);
        return [eax, ebx, ecx, edx];
    }
}
