using Ilt.Torch.Native;

namespace Ilt.Torch.Tests.Native;

public class ConvolutionVerdictTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ilt-test-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var path = Path.Combine(folder, "deeper", "verdict.txt");
        var verdict = new ConvolutionVerdict(ConvolutionSetting.Avx, "are wrong (relative error 0.5)");
        Assert.That(verdict.Write(path), Is.True);
        Assert.That(ConvolutionVerdict.Read(path), Is.EqualTo(verdict));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Has.Length.EqualTo(1), "no part is left behind");
    }

    [TestCase("")]
    [TestCase("Avx")]
    [TestCase("Fastest\nsome reason\n")]
    [TestCase("7\nsome reason\n")]
    public void Read_SomethingElse_IsNoVerdict(string text)
    {
        var path = Path.Combine(folder, "verdict.txt");
        File.WriteAllText(path, text);
        Assert.That(ConvolutionVerdict.Read(path), Is.Null);
    }

    [Test]
    public void Read_NoFile_IsNoVerdict() => Assert.That(ConvolutionVerdict.Read(Path.Combine(folder, "none.txt")), Is.Null);

    [Test]
    public void Write_WhereAFileIsInTheWay_SaysSo()
    {
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");
        Assert.That(new ConvolutionVerdict(ConvolutionSetting.Default, "").Write(Path.Combine(file, "verdict.txt")), Is.False);
    }

    [Test]
    public void DefaultPath_NamesCheckLibraryAndProcessor() =>
        Assert.That(Path.GetFileName(ConvolutionVerdict.DefaultPath()), Does.Match(@"^convolutions-\d+-0\.107\.0-[0-9a-f]+-[0-9a-f]{16}\.txt$"));
}
