using Ilt.Corruption;

namespace Ilt.MLNet.Tests;

/// <summary>The registry of bindings.</summary>
public sealed class BindingTests
{
    // The numbers are part of the file format.
    [TestCase(0, "Key", TaskKind.Classification)]
    [TestCase(1, "Boolean", TaskKind.Classification)]
    [TestCase(2, "Number", TaskKind.Regression)]
    [TestCase(3, "Vector", TaskKind.Regression)]
    [TestCase(4, "Mask", TaskKind.PixelClassification)]
    [TestCase(5, "Map", TaskKind.PixelRegression)]
    [TestCase(6, "Derived", TaskKind.Derived)]
    [TestCase(7, "Count", TaskKind.Count)]
    public void Load_SavedNumber_IsTheBinding(byte number, string name, TaskKind kind)
    {
        var binding = Load(number);
        Assert.That((binding.Name, TaskBindings.KindOf(binding)), Is.EqualTo((name, kind)));
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) TaskBindings.Save(writer, binding);
        Assert.That(stream.ToArray(), Is.EqualTo((byte[])[number]));
    }

    [Test]
    public void Load_UnknownNumber_SaysThatTheFileIsBroken()
        => Assert.That(() => Load(8), Throws.TypeOf<FormatException>().With.Message.Contains("labels of the unknown kind 8; it is broken"));

    [Test]
    public void Find_EveryKind_HasABinding()
    {
        Assert.That(Enum.GetValues<TaskKind>().Select(TaskBindings.Find), Has.None.Null);
        Assert.That(TaskBindings.Find((TaskKind)99), Is.Null);
    }

    [Test]
    public void Takes_UnknownCorruption_Throws([Range(0, 3)] int number)
    {
        Assert.That(Enum.GetValues<LabelCorruptionKind>().Count(Load((byte)number).Takes), Is.EqualTo(number < 2 ? 4 : 3));
        Assert.That(() => Load((byte)number).Takes((LabelCorruptionKind)99), Throws.TypeOf<NotSupportedException>());
    }

    private static TaskBinding Load(byte number)
    {
        using var reader = new BinaryReader(new MemoryStream([number]));
        return TaskBindings.Load(reader);
    }
}
