namespace Ilt.Corruption;

[TestFixture]
public sealed class SeededGeneratorTests
{
    [Test]
    public void Next_SeedZero_GivesThePublishedSequence()
    {
        // First outputs of SplitMix64 for the state 0, as its reference implementation prints them.
        var generator = new SeededGenerator(0);

        Assert.That(new[] { generator.Next(), generator.Next(), generator.Next() },
            Is.EqualTo(new[] { 0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL, 0x06C45D188009454FUL }));
    }

    [Test]
    public void NextInt_SmallBound_IsUniform()
    {
        var generator = new SeededGenerator(4);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[generator.NextInt(7)]++;

        Assert.That(counts, Is.All.InRange(9_600, 10_400)); // about 4 standard deviations
    }
}
