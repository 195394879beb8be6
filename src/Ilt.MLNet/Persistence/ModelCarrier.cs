using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ilt.MLNet;

/// <summary>
/// Puts bytes into a pipeline file. ML.NET lets other libraries write no model nodes of their own, but its step that replaces missing
/// values may hold a million replacements, which it writes and reads as one block of memory: a chain of such steps holds our state as
/// <see cref="FiniteWords"/>, the first of them the length. A row of missing values brings the numbers back, bit by bit. The steps'
/// output column tells what the bytes are.
/// </summary>
/// <remarks>
/// Of what ML.NET's steps can hold, this costs least. A value mapping keeps every byte twice and compresses it twice; normalisers compute
/// with the numbers they are given.
/// </remarks>
internal static class ModelCarrier
{
    /// <summary>The bytes are a fitted model.</summary>
    public const string Model = "Ilt.MLNet.MultiTaskTransformer";

    /// <summary>The bytes are a step that loads label images.</summary>
    public const string LabelImages = "Ilt.MLNet.LabelImageLoadingTransformer";

    /// <summary>Raised where the bytes are put into the steps in another way.</summary>
    public const uint Version = 1;

    // What plain mlContext.Model.Load gives fails with "Could not find input column '...'": the name says what to do instead.
    private const string InputColumn = "LoadThisModelWith mlContext.MultiTask.LoadModel";
    private const int HeadWords = 3; // version, length of the state
    private static readonly string[] Kinds = [Model, LabelImages];

    public static ICanSaveModel Create(string kind, StateBuffer state)
    {
        uint[] head = [Version, (uint)state.Length, (uint)(state.Length >> 32)];
        var steps = new CarrierStep[1 + state.BlockCount];
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            var block = i - 1;
            steps[i] = new CarrierStep(
                () => Step(kind, block < 0 ? head : Words(state.Block(block).Span)),
                i + 1 < steps.Length ? steps[i + 1] : null);
        }
        return new TransformerChain<ITransformer>(steps);
    }

    /// <summary>The bytes that a chain carries, and what they are; false where it is an ordinary one.</summary>
    /// <exception cref="FormatException">It is a carrier, but of another version, or steps are missing.</exception>
    public static bool TryRead(ITransformer transformer, [NotNullWhen(true)] out string? kind, [NotNullWhen(true)] out Stream? state)
    {
        state = null;
        kind = null;
        if (IsEarlierCarrier(transformer))
            throw new FormatException("The model file was written by an earlier version of Ilt.MLNet, in a form that is no longer read. Train the model again.");
        if (!IsCarrier(transformer, out var chain, out kind)) return false;
        var first = chain.First();
        var head = new uint[HeadWords];
        Read(first, kind, MemoryMarshal.AsBytes(head.AsSpan()));
        if (head[0] != Version)
            throw new FormatException($"The model file has carrier version {head[0]}; this version of Ilt.MLNet reads version {Version}. Update Ilt.MLNet.");
        var name = kind;
        state = new CarriedState(
            [.. chain.Skip(1)],
            head[1] | ((long)head[2] << 32),
            (step, block) => Read(step, name, block));
        return true;
    }

    /// <summary>Whether a transformer is a carrier as ML.NET loads it.</summary>
    public static bool IsCarrier(ITransformer transformer) => IsCarrier(transformer, out _, out _);

    private static bool IsCarrier(ITransformer transformer, [NotNullWhen(true)] out TransformerChain<ITransformer>? chain, [NotNullWhen(true)] out string? kind)
    {
        chain = transformer as TransformerChain<ITransformer>;
        kind = chain?.FirstOrDefault() is MissingValueReplacingTransformer first ? KindOf(first, Missing(HeadWords).Schema) : null;
        return kind is not null;
    }

    private static string? KindOf(ITransformer step, DataViewSchema input)
    {
        try
        {
            var schema = step.GetOutputSchema(input);
            return Array.Find(Kinds, kind => schema.GetColumnOrNull(kind)?.Type is VectorDataViewType);
        }
        catch (ArgumentException)
        {
            return null; // An ordinary step does not find its input column in a schema that has ours only.
        }
    }

    // The state was the bytes of a value mapping once.
    private static bool IsEarlierCarrier(ITransformer transformer)
        => transformer is ValueMappingTransformer && KindOf(transformer, new TableView(0, [TableColumn.Int32(InputColumn, _ => 0)]).Schema) is not null;

    // The smallest value of a column of one row is the row's own, with all its bits; unlike a mean it is not computed. The context is of its
    // own: a step is made on another thread, and must neither take random numbers from the user's context nor send messages to its log.
    private static MissingValueReplacingTransformer Step(string kind, ReadOnlySpan<uint> words)
    {
        var numbers = new float[FiniteWords.EncodedLength(words.Length)];
        FiniteWords.Encode(words, MemoryMarshal.Cast<float, uint>(numbers.AsSpan()));
        return new MLContext(seed: 0).Transforms
            .ReplaceMissingValues(kind, InputColumn, MissingValueReplacingEstimator.ReplacementMode.Minimum, imputeBySlot: true)
            .Fit(new TableView(1, [TableColumn.Vector(InputColumn, numbers)]));
    }

    private static uint[] Words(ReadOnlySpan<byte> bytes)
    {
        var words = new uint[WordCount(bytes.Length)];
        bytes.CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    /// <exception cref="FormatException">The step holds another number of bytes.</exception>
    private static void Read(ITransformer step, string kind, Span<byte> bytes)
    {
        var words = new uint[WordCount(bytes.Length)];
        try
        {
            var view = step.Transform(Missing(words.Length));
            var column = view.Schema[kind];
            using var cursor = view.GetRowCursor([column]);
            var getter = cursor.GetGetter<VBuffer<float>>(column);
            VBuffer<float> numbers = default;
            if (!cursor.MoveNext()) throw CarriedState.Incomplete();
            getter(ref numbers);
            if (!numbers.IsDense || numbers.Length != FiniteWords.EncodedLength(words.Length)) throw CarriedState.Incomplete();
            FiniteWords.Decode(MemoryMarshal.Cast<float, uint>(numbers.GetValues()), words);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw CarriedState.Incomplete(e);
        }
        MemoryMarshal.AsBytes(words.AsSpan())[..bytes.Length].CopyTo(bytes);
    }

    private static TableView Missing(int words)
    {
        var numbers = new float[FiniteWords.EncodedLength(words)];
        Array.Fill(numbers, float.NaN);
        return new TableView(1, [TableColumn.Vector(InputColumn, numbers)]);
    }

    private static int WordCount(int bytes) => (bytes + sizeof(uint) - 1) / sizeof(uint);
}
