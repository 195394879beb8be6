using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Whatever bytes are put into a carrier come back after ML.NET wrote and read it.</summary>
public sealed class ModelCarrierTests
{
    private static readonly DataViewSchema Schema = new TableView(0, [TableColumn.Int32("A", _ => 0)]).Schema;

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(31 * 4)]
    [TestCase((31 * 4) + 1)]
    [TestCase(StateBuffer.BlockSize)]
    [TestCase(StateBuffer.BlockSize + 3)]
    [TestCase((2 * StateBuffer.BlockSize) + 5)]
    public void SaveAndLoad_AnyBytes_ComeBackWhole(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        Assert.That(ModelCarrier.TryRead(Reload(ModelCarrier.Create(ModelCarrier.Model, State(bytes))), out var kind, out var read), Is.True);
        Assert.That(kind, Is.EqualTo(ModelCarrier.Model));
        Assert.That(Bytes(read!).AsSpan().SequenceEqual(bytes), Is.True);
    }

    [Test]
    public void SaveAndLoad_NumbersThatFloatsDoNotKeep_ComeBackBitByBit()
    {
        uint[] words =
        [
            0, 0x8000_0000, // zero, minus zero
            1, 0x8000_0001, 0x007f_ffff, // denormal numbers
            0x7f80_0000, 0xff80_0000, // infinities
            0x7fc0_0000, 0x7f80_0001, 0xffff_ffff, 0xff80_0001, // NaN, quiet and signalling, with payloads
            0x7f7f_ffff, 0x4000_0000, 0x3fff_ffff,
        ];
        var bytes = MemoryMarshal.AsBytes(words.AsSpan()).ToArray();
        ModelCarrier.TryRead(Reload(ModelCarrier.Create(ModelCarrier.LabelImages, State(bytes))), out var kind, out var read);
        Assert.That(kind, Is.EqualTo(ModelCarrier.LabelImages));
        Assert.That(Bytes(read!), Is.EqualTo(bytes));
    }

    [Test]
    public void Encode_AnyWords_GivesFiniteNumbers()
    {
        var words = Enumerable.Range(0, 1000).Select(i => i % 7 == 0 ? 0xffff_ffff : 0x7f80_0000 + (uint)i).ToArray();
        var numbers = new float[FiniteWords.EncodedLength(words.Length)];
        FiniteWords.Encode(words, MemoryMarshal.Cast<float, uint>(numbers.AsSpan()));
        Assert.That(numbers, Is.All.Matches<float>(float.IsFinite));
        var decoded = new uint[words.Length];
        FiniteWords.Decode(MemoryMarshal.Cast<float, uint>(numbers.AsSpan()), decoded);
        Assert.That(decoded, Is.EqualTo(words));
    }

    [Test]
    public void CarriedState_ReadInAnyOrder_GivesTheBytesOfThatPlace()
    {
        var bytes = new byte[StateBuffer.BlockSize + 100];
        new Random(1).NextBytes(bytes);
        ModelCarrier.TryRead(Reload(ModelCarrier.Create(ModelCarrier.Model, State(bytes))), out _, out var read);
        var part = new byte[60];
        foreach (var start in (int[])[StateBuffer.BlockSize + 10, 5, StateBuffer.BlockSize - 30])
        {
            read!.Position = start;
            read.ReadExactly(part);
            Assert.That(part, Is.EqualTo(bytes.AsSpan(start, part.Length).ToArray()), $"at {start}");
        }
        read!.Position = bytes.Length - 10;
        Assert.That(read.Read(part), Is.EqualTo(10));
        Assert.That(read.Read(part), Is.Zero);
    }

    [Test]
    public void TryRead_StepsMissing_SaysThatTheFileIsBroken()
    {
        var steps = (TransformerChain<ITransformer>)Reload(ModelCarrier.Create(ModelCarrier.Model, State(new byte[StateBuffer.BlockSize + 1])));
        var cut = new TransformerChain<ITransformer>([.. steps.SkipLast(1)]);
        Assert.That(() => ModelCarrier.TryRead(cut, out _, out _), Throws.TypeOf<FormatException>().With.Message.Contains("content is incomplete"));
        var swapped = new TransformerChain<ITransformer>(steps.First(), steps.Last(), steps.ElementAt(1));
        ModelCarrier.TryRead(swapped, out _, out var read);
        Assert.That(() => Bytes(read!), Throws.TypeOf<FormatException>().With.Message.Contains("content is incomplete"));
    }

    [Test]
    public void LoadModel_ValueMappingOfAnEarlierVersion_SaysWhatToDo()
    {
        var ml = SharedModel.Context;
        var keys = new TableView(2, [TableColumn.Int32("LoadThisModelWith mlContext.MultiTask.LoadModel", row => (int)row)]);
        var earlier = ml.Transforms.Conversion.MapValue<int, byte>(
            ModelCarrier.Model, [KeyValuePair.Create(0, new byte[4])], "LoadThisModelWith mlContext.MultiTask.LoadModel").Fit(keys);
        using var stream = Saved(earlier);
        Assert.That(() => new MLContext().MultiTask.LoadModel(stream, out _), Throws.TypeOf<FormatException>().With.Message.Contains("earlier version"));
    }

    [Test]
    public void TryRead_OrdinarySteps_AreNone()
    {
        var ml = SharedModel.Context;
        var view = new TableView(1, [TableColumn.Vector("A", [1, 2, 3, 4], 4)]);
        var ordinary = new TransformerChain<ITransformer>(ml.Transforms.ReplaceMissingValues(ModelCarrier.Model, "A").Fit(view));
        Assert.That(ModelCarrier.TryRead(ordinary, out _, out _), Is.False);
        Assert.That(ModelCarrier.TryRead(new TransformerChain<ITransformer>(), out _, out _), Is.False);
    }

    private static StateBuffer State(byte[] bytes)
    {
        var state = new StateBuffer();
        // In pieces that fit no block, as writers do.
        foreach (var piece in bytes.Chunk(1_000_003)) state.Write(piece);
        return state;
    }

    private static byte[] Bytes(Stream stream)
    {
        using var all = new MemoryStream();
        stream.Position = 0;
        stream.CopyTo(all);
        return all.ToArray();
    }

    private static ITransformer Reload(ICanSaveModel carrier)
    {
        using var stream = Saved((ITransformer)carrier);
        return new MLContext().Model.Load(stream, out _);
    }

    private static MemoryStream Saved(ITransformer transformer)
    {
        var stream = new MemoryStream();
        SharedModel.Context.Model.Save(transformer, Schema, stream);
        stream.Position = 0;
        return stream;
    }
}
