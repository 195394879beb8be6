using System.Text;

namespace Ilt.Torch.Tests;

/// <summary>Tasks and scales in model files: byte by byte, for files of old versions must stay readable.</summary>
public class TaskKindsTests
{
    private static readonly TaskDerivation Sum = TaskDerivation.FromFunction("sum", _ => 1, values => values[0]);

    [Test]
    public void Write_EveryKind_KeepsItsBytes() => Assert.Multiple(() =>
    {
        Assert.That(Written(new ClassificationTask("c", 4) { LossScale = 2 }), Is.EqualTo(Bytes("c", 2.0, 4, 0)));
        Assert.That(Written(new RegressionTask("r", 12) { Reduction = RegressionReduction.Sum, Scale = TargetScale.Common, Loss = RegressionLoss.RotationMatrices, TargetClip = 5 }),
            Is.EqualTo(Bytes("r", 1.0, 12, 1, 1, 1, 1, 5.0)));
        Assert.That(Written(new PixelClassificationTask("p", 3)), Is.EqualTo(Bytes("p", 1.0, 3, 2)));
        Assert.That(Written(new PixelRegressionTask("m") { Loss = PixelLoss.Absolute, TargetClip = 4 }), Is.EqualTo(Bytes("m", 1.0, 1, 3, 1, 4.0)));
        Assert.That(Written(new DerivedTask("d", Sum, new RegressionTask("r", 2))), Is.EqualTo(Bytes("d", 1.0, 1, 4, 1, "r", 2, "sum", false)));
        Assert.That(Written(new CountTask("n") { TargetClip = 5 }), Is.EqualTo(Bytes("n", 1.0, 1, 5, 5.0)));
    });

    [Test]
    public void Read_WhatWasWritten_IsTheSameTask()
    {
        TaskDefinition[] tasks =
        [
            new ClassificationTask("c", 4) { LossScale = 2 }, new RegressionTask("r", 2) { Reduction = RegressionReduction.Sum, TargetClip = 5 }, new PixelClassificationTask("p", 3),
            new PixelRegressionTask("m") { Loss = PixelLoss.Absolute }, new CountTask("n") { TargetClip = 5 },
        ];
        Assert.That(tasks.Select(task => Read(Written(task))), Is.EqualTo(tasks));
        var derived = (DerivedTask)Read(Written(new DerivedTask("d", Sum, tasks[1]) { LossScale = 3 }));
        Assert.That((derived.Name, derived.LossScale, derived.Sources[0], derived.Derivation), Is.EqualTo(("d", 3.0, "r", Sum)));
    }

    [Test]
    public void Read_UnknownKind_IsRefused() =>
        Assert.That(() => Read(Bytes("t", 1.0, 1, 9)), Throws.TypeOf<FormatException>().With.Message.EqualTo("The model's task 't' is of the unknown kind 9."));

    [Test]
    public void Save_EitherScale_KeepsItsBytes()
    {
        // Medians 1 and 10, lowest and highest labels, one deviation for both.
        var common = new RegressionTask("v", 2) { Scale = TargetScale.Common }.FitScale(new NumberLabels([1, 12, 1, 10, 3, 6], 2));
        var deviation = (float)Math.Sqrt(2);
        Assert.That(Saved(common), Is.EqualTo(Bytes(2, 1f, 1f, 0f, deviation, 1f, 3f, 10f, 1f, 0f, deviation, 6f, 12f, float.PositiveInfinity, 1)));
        var bent = Saved(new RegressionTask("x") { TargetClip = 5 }.FitScale(new NumberLabels([8, 0, 4, 2, 6])));
        Assert.Multiple(() =>
        {
            Assert.That(bent, Has.Length.EqualTo(4 + (6 * 4) + 4 + 4));
            Assert.That(bent[..8], Is.EqualTo(Bytes(1, 4f)), "one component, its median");
            Assert.That(bent[^16..], Is.EqualTo(Bytes(0f, 8f, 5f, 0)), "lowest, highest, clip, which scale");
            Assert.That(Saved(Loaded(bent)), Is.EqualTo(bent));
            Assert.That(Saved(Loaded(Saved(common))), Is.EqualTo(Saved(common)));
        });
    }

    [Test]
    public void Save_ScaleOfCounts_KeepsItsBytes()
    {
        // The mean of 1, 4 and 7 is 4, half the deviances are 1.6, 0 and 0.9.
        var counts = new CountTask("n").FitScale(new NumberLabels([1, 4, 7]));
        var dispersion = (float)(4 - 7 + (7 * Math.Log(7 / 4.0)));
        Assert.That(Saved(counts), Is.EqualTo(Bytes(1, 0f, dispersion, 4f, (float)Math.Sqrt((4 - 7 + (7 * Math.Log(7 / 4.0))) / 4), 1f, 7f, float.PositiveInfinity, 2)));
        Assert.That(Loaded(Saved(counts)), Is.TypeOf<CountScaling>());
        Assert.That(Saved(Loaded(Saved(counts))), Is.EqualTo(Saved(counts)));
    }

    private static byte[] Written(TaskDefinition task) => Bytes(writer => TaskKinds.Write(writer, task));

    private static byte[] Saved(TargetScaling scaling) => Bytes(scaling.Save);

    private static TaskDefinition Read(byte[] bytes) => TaskKinds.Read(new BinaryReader(new MemoryStream(bytes)), [Sum]);

    private static TargetScaling Loaded(byte[] bytes) => TargetScaling.Load(new BinaryReader(new MemoryStream(bytes)));

    private static byte[] Bytes(params object[] values) => Bytes(writer =>
    {
        foreach (var value in values)
            switch (value)
            {
                case string text: writer.Write(text); break;
                case double number: writer.Write(number); break;
                case float number: writer.Write(number); break;
                case int number: writer.Write(number); break;
                case bool flag: writer.Write(flag); break;
            }
    });

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) write(writer);
        return stream.ToArray();
    }
}
