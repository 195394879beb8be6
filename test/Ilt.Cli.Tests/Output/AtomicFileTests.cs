using Ilt.Cli.Output;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Output;

public sealed class AtomicFileTests
{
    [Test]
    public void Write_FailingHalfway_LeavesTheOldFileAndNoOther()
    {
        using var folder = new TempFolder();
        var path = folder.Write("f.txt", "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));

        Assert.That(folder.Files, Is.EqualTo(new[] { "f.txt" }));
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
    }

    [Test]
    public void RequireWritable_LeavesNothingBehind()
    {
        using var folder = new TempFolder();

        AtomicFile.RequireWritable(folder["new/f.txt"], "--out");

        Assert.That(folder.Files, Is.Empty);
    }
}
