using System.IO.Compression;
using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Output;

public sealed class ZipTimesTests
{
    [Test]
    public void Level_EntriesOfAnyTime_GivesEqualBytesThatCanBeRead()
    {
        var one = Zip(new DateTime(2001, 2, 3));
        var other = Zip(new DateTime(2026, 11, 27));
        Assert.That(one, Is.EqualTo(other));
        using var zip = new ZipArchive(new MemoryStream(one));
        Assert.That(zip.Entries.Select(entry => (entry.FullName, entry.LastWriteTime.Year)), Is.EqualTo(new[] { ("a", 1980), ("b/c", 1980) }));
        using var reader = new StreamReader(zip.Entries[1].Open());
        Assert.That(reader.ReadToEnd(), Is.EqualTo("content of b/c"));
    }

    [Test]
    public void Flag_TheSameTwice_WritesModelsOfEqualBytes()
    {
        using var folder = new TempFolder();
        var data = folder.Write("t.csv", SmallTable.Csv());
        foreach (var run in (string[])["a", "b"])
        {
            CliRun.Done(SmallTable.Quick("flag", data, "--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--id", "id", "--ignore", "weight", "--out", folder[run]));
            using var zip = ZipFile.OpenRead(Path.Combine(folder[run], "model.zip"));
            Assert.That(zip.Entries.Select(entry => entry.LastWriteTime.Year), Is.All.EqualTo(1980), "two runs within two seconds have one time anyway");
        }

        Assert.That(File.ReadAllBytes(Path.Combine(folder["a"], "model.zip")), Is.EqualTo(File.ReadAllBytes(Path.Combine(folder["b"], "model.zip"))));
    }

    private static byte[] Zip(DateTime time)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["a", "b/c"])
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = time;
                using var writer = new StreamWriter(entry.Open());
                writer.Write($"content of {name}");
            }
        }

        ZipTimes.Level(stream);
        return stream.ToArray();
    }
}
