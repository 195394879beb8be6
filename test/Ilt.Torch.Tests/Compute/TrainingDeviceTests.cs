namespace Ilt.Torch.Tests.Compute;

public class TrainingDeviceTests
{
    [TestCase("auto", "auto"), TestCase("cpu", "cpu"), TestCase("CPU", "cpu"), TestCase("cuda", "cuda:0"), TestCase("cuda:0", "cuda:0"), TestCase("Cuda:12", "cuda:12")]
    public void Parse_Device_IsSaidBack(string text, string said)
    {
        var device = TrainingDevice.Parse(text);
        Assert.That(device.ToString(), Is.EqualTo(said));
        Assert.That(TrainingDevice.Parse(said), Is.EqualTo(device));
    }

    [TestCase(""), TestCase("gpu"), TestCase("cuda:"), TestCase("cuda:-1"), TestCase("cuda:1x"), TestCase("cuda: 1"), TestCase("cuda:99999999999")]
    public void Parse_NoDevice_SaysWhatIsOne(string text) =>
        Assert.That(() => TrainingDevice.Parse(text), Throws.TypeOf<FormatException>().With.Message.EqualTo($"'{text}' is no device; expected auto, cpu, cuda, or cuda:N with N from 0."));

    [Test]
    public void Resolve_Cpu_DoesNotLookForCuda() =>
        Assert.That(TrainingDevice.Cpu.Resolve(() => throw new InvalidOperationException("asked")), Is.EqualTo(TrainingDevice.Cpu));

    [TestCase(0, "cpu", "device auto: torch finds no CUDA device here, training on the CPU.")]
    [TestCase(2, "cuda:0", "device auto: torch finds 2 CUDA device(s), training on cuda:0.")]
    public void Resolve_Auto_TakesCudaWhereThereIsOneAndSaysSo(int devices, string device, string note)
    {
        var notes = new List<string>();
        Assert.That(TrainingDevice.Auto.Resolve(() => devices, notes.Add).ToString(), Is.EqualTo(device));
        Assert.That(notes, Is.EqualTo(new[] { note }));
    }

    [Test]
    public void Resolve_CudaThatIsThere_IsIt() => Assert.That(TrainingDevice.Cuda(1).Resolve(() => 2), Is.EqualTo(TrainingDevice.Cuda(1)));

    [Test]
    public void Resolve_CudaThatIsNotThere_SaysWhatWasFound()
    {
        Assert.That(() => TrainingDevice.Cuda().Resolve(() => 0), Throws.InvalidOperationException.With.Message.StartsWith("The device cuda:0 was asked for, but torch finds no CUDA device here")
            .And.Message.Contains("-p:LibTorchPackage=TorchSharp-cuda-linux"));
        Assert.That(() => TrainingDevice.Cuda(3).Resolve(() => 2), Throws.InvalidOperationException.With.Message.EqualTo("The device cuda:3 was asked for, but torch finds 2 CUDA device(s) here, the last of which is cuda:1."));
    }

    [Test]
    public void Train_CudaWhereThereIsNone_IsRefused()
    {
        Assume.That(TrainingDevice.CountCuda(), Is.Zero);
        Assert.That(() => MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(40, 1), null, new TrainingOptions { Epochs = 1, Device = TrainingDevice.Cuda() }),
            Throws.InvalidOperationException.With.Message.Contains("finds no CUDA device here"));
    }

    [Test]
    public void Train_Auto_SaysInTheEffectiveOptionsWhereItTrained()
    {
        Assume.That(TrainingDevice.CountCuda(), Is.Zero);
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(40, 1), null, new TrainingOptions { Epochs = 1, HiddenUnits = [4], Device = TrainingDevice.Auto }));
        Assert.That((result.Value.EffectiveOptions.Device, result.Value.Model.Device), Is.EqualTo((TrainingDevice.Cpu, TrainingDevice.Cpu)));
    }
}
