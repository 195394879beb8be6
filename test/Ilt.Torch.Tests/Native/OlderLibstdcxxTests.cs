using System.Runtime.InteropServices;
using Ilt.Torch.Native;

namespace Ilt.Torch.Tests.Native;

/// <summary>The adapted copy of TorchSharp's library, against a reader of the file format that goes another way.</summary>
[Platform("Linux", Reason = "other systems load TorchSharp as it is")]
public class OlderLibstdcxxTests
{
    private const string Wait = "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE";

    [Test]
    public void Image_EveryNativeLibraryHere_AgreesWithTheTwin()
    {
        foreach (var name in new[] { "libLibTorchSharp.so", "libc10.so", OlderLibstdcxx.Library })
        {
            var file = name == OlderLibstdcxx.Library ? File.ReadAllBytes(Maps(name)) : Library(name);
            var (image, twin) = (new ElfImage(file), new SectionTables(file));
            Assert.That(image.Needs.Select(need => (need.Library, need.Version, (int)need.Index)), Is.EqualTo(twin.Needs().Select(need => (need.Library, need.Version, need.Index))), name);
            Assert.That(image.Definitions, Is.EquivalentTo(twin.Definitions()), name);
            var undefined = twin.Undefined();
            var relocated = image.Relocated();
            foreach (var symbol in undefined)
            {
                Assert.That(symbol.Number, Is.LessThan(image.UndefinedEnd), name);
                Assert.That((image.SymbolName(symbol.Number), (int)image.SymbolVersion(symbol.Number), relocated.Contains(symbol.Number)),
                    Is.EqualTo((symbol.Name, symbol.Version, symbol.Relocated)), name);
            }
        }
    }

    [Test]
    public void Adapt_SystemWithAllVersions_ChangesNothing()
    {
        var file = Library("libLibTorchSharp.so");
        var copy = file.ToArray();
        Assert.That(OlderLibstdcxx.Adapt(copy, Offered(file)), Is.Empty);
        Assert.That(copy, Is.EqualTo(file));
    }

    [Test]
    public void Adapt_WithoutGcc13_MarksOneVersionWeakAndChangesNothingElse()
    {
        var file = Library("libLibTorchSharp.so");
        var copy = file.ToArray();
        var lifted = OlderLibstdcxx.Adapt(copy, Offered(file, "GLIBCXX_3.4.32"));
        Assert.That(lifted, Is.EqualTo(new[] { "GLIBCXX_3.4.32" }));
        Assert.That(Enumerable.Range(0, file.Length).Count(i => file[i] != copy[i]), Is.EqualTo(1));
        var (before, after) = (new SectionTables(file).Needs(), new SectionTables(copy).Needs());
        Assert.That(after, Is.EqualTo(before.Select(need => need.Version == "GLIBCXX_3.4.32" ? need with { Flags = 2 } : need)));
        var users = new SectionTables(file).Undefined().Where(symbol => symbol.Version == before.Single(need => need.Version == "GLIBCXX_3.4.32").Index);
        Assert.That(users.Where(symbol => symbol.Relocated), Is.Empty, "nothing in the library calls what is missing");
    }

    [Test]
    public void Adapt_WithoutGcc12_BindsTheWaitToItsFirstVersion()
    {
        var file = Library("libLibTorchSharp.so");
        var copy = file.ToArray();
        OlderLibstdcxx.Adapt(copy, Offered(file, "GLIBCXX_3.4.32", "GLIBCXX_3.4.30"));
        var twin = new SectionTables(copy);
        var wait = twin.Undefined().Single(symbol => symbol.Name == Wait);
        Assert.That(twin.Needs().Single(need => need.Index == wait.Version).Version, Is.EqualTo("GLIBCXX_3.4.11"));
        Assert.That(twin.Needs().Where(need => need.Flags == 2).Select(need => need.Version), Is.EquivalentTo(new[] { "GLIBCXX_3.4.30", "GLIBCXX_3.4.32" }));

        // This system's libstdc++ still offers the first version: the copy loads, and all that it calls is found at once.
        LibTorch.Load();
        Assert.That(MemoryLibrary.Load("libLibTorchSharp-wait.so", copy), Is.Not.EqualTo(IntPtr.Zero));
    }

    [Test]
    public void Adapt_AVersionThatIsReallyCalled_SaysWhichFunction()
    {
        var file = Library("libLibTorchSharp.so");
        Assert.That(() => OlderLibstdcxx.Adapt(file.ToArray(), Offered(file, "GLIBCXX_3.4.29")),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("_ZSt28__throw_bad_array_new_lengthv of GLIBCXX_3.4.29"));
    }

    [Test]
    public void Image_BrokenFiles_AreFormatErrors()
    {
        var file = Library("libtorch.so");
        Assert.That(() => new ElfImage([]), Throws.TypeOf<FormatException>());
        Assert.That(() => new ElfImage([.. "not a library at all, only words in a row that go on"u8]), Throws.TypeOf<FormatException>());
        for (var length = 1; length < file.Length; length += 97)
        {
            try
            {
                _ = new ElfImage(file[..length]).Needs;
            }
            catch (FormatException)
            {
                // the only exception allowed
            }
        }
    }

    [Test]
    public void Load_LibraryFromBytes_FindsItsFunctions()
    {
        var handle = MemoryLibrary.Load("libm-copy.so", File.ReadAllBytes(Maps("libm.so")));
        Assert.That(NativeLibrary.TryGetExport(handle, "cos", out _), Is.True);
    }

    private static byte[] Library(string name) => File.ReadAllBytes(NativeLoader.Find(name) ?? throw new FileNotFoundException(name));

    private static string Maps(string name)
    {
        LibTorch.Load(); // brings the system's libraries along
        return File.ReadLines("/proc/self/maps").Where(line => line.Contains('/')).Select(line => line[line.IndexOf('/')..]).First(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal));
    }

    private static HashSet<string> Offered(byte[] file, params string[] without) =>
        [.. new SectionTables(file).Needs().Where(need => need.Library == OlderLibstdcxx.Library).Select(need => need.Version).Except(without)];
}
