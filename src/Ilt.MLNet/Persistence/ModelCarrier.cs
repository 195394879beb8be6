using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ilt.MLNet;

/// <summary>
/// Puts bytes into a pipeline file. ML.NET lets other libraries write no model nodes of their own, but its step that replaces missing
/// values may hold many replacements per column, which it writes and reads as they lie in memory: a chain of such steps holds our state
/// as <see cref="FiniteWords"/>, the first of them the length. A row of missing values brings the numbers back, bit by bit. The first
/// output column of a step tells what the bytes are.
/// </summary>
/// <remarks>
/// Of what ML.NET's steps can hold, this costs least: a value mapping keeps every byte twice and compresses it twice; normalisers compute
/// with the numbers they are given. A column of a step is small enough that what ML.NET allocates for it is garbage that is collected soon.
/// </remarks>
internal static class ModelCarrier
{
    /// <summary>The bytes are a fitted model.</summary>
    public const string Model = "Ilt.MLNet.MultiTaskTransformer";

    /// <summary>The bytes are a step that loads label images.</summary>
    public const string LabelImages = "Ilt.MLNet.LabelImageLoadingTransformer";

    /// <summary>The bytes are a step that loads pictures.</summary>
    public const string Pictures = "Ilt.MLNet.PictureLoadingTransformer";

    /// <summary>Raised where the bytes are put into the steps in another way.</summary>
    public const uint Version = 1;

    // What plain mlContext.Model.Load gives fails with "Could not find input column '...'": the name says what to do instead.
    private const string InputColumn = "LoadThisModelWith mlContext.MultiTask.LoadModel";
    private const int HeadWords = 3; // version, length of the state
    private const int ColumnWords = 31 << 8; // 32 KiB as numbers
    private const int ColumnBytes = ColumnWords * sizeof(uint);
    private static readonly float[] MissingNumbers = [.. Enumerable.Repeat(float.NaN, FiniteWords.EncodedLength(ColumnWords))];
    private static readonly string[] Kinds = [Model, LabelImages, Pictures];

    public static ICanSaveModel Create(string kind, StateBuffer state)
    {
        var head = MemoryMarshal.AsBytes((ReadOnlySpan<uint>)[Version, (uint)state.Length, (uint)(state.Length >> 32)]).ToArray();
        var steps = new CarrierStep[1 + state.BlockCount];
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            var block = i - 1;
            steps[i] = new CarrierStep(
                () => Step(kind, block < 0 ? head : state.Block(block).Span),
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
        kind = chain?.FirstOrDefault() is MissingValueReplacingTransformer first ? KindOf(first, Missing(HeadWords * sizeof(uint)).Schema) : null;
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
    private static MissingValueReplacingTransformer Step(string kind, ReadOnlySpan<byte> bytes)
    {
        var columns = new List<TableColumn>();
        var pairs = new List<InputOutputColumnPair>();
        for (var words = new uint[ColumnWords]; bytes.Length > 0;)
        {
            var part = bytes[..Math.Min(ColumnBytes, bytes.Length)];
            var count = WordCount(part.Length);
            words[count - 1] = 0; // what the last word lacks
            part.CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
            var numbers = new float[FiniteWords.EncodedLength(count)];
            FiniteWords.Encode(words.AsSpan(0, count), MemoryMarshal.Cast<float, uint>(numbers.AsSpan()));
            pairs.Add(new InputOutputColumnPair(Name(kind, columns.Count), Name(InputColumn, columns.Count)));
            columns.Add(TableColumn.Vector(Name(InputColumn, columns.Count), numbers, numbers.Length));
            bytes = bytes[part.Length..];
        }
        return new MLContext(seed: 0).Transforms
            .ReplaceMissingValues([.. pairs], MissingValueReplacingEstimator.ReplacementMode.Minimum, imputeBySlot: true)
            .Fit(new TableView(1, columns));
    }

    /// <exception cref="FormatException">The step holds another number of bytes.</exception>
    private static void Read(ITransformer step, string kind, Span<byte> bytes)
    {
        try
        {
            var view = step.Transform(Missing(bytes.Length));
            using var cursor = view.GetRowCursor(view.Schema);
            if (!cursor.MoveNext()) throw CarriedState.Incomplete();
            var words = new uint[ColumnWords];
            VBuffer<float> numbers = default;
            for (var column = 0; bytes.Length > 0; column++)
            {
                var part = bytes[..Math.Min(ColumnBytes, bytes.Length)];
                var count = WordCount(part.Length);
                cursor.GetGetter<VBuffer<float>>(view.Schema[Name(kind, column)])(ref numbers);
                if (!numbers.IsDense || numbers.Length != FiniteWords.EncodedLength(count)) throw CarriedState.Incomplete();
                FiniteWords.Decode(MemoryMarshal.Cast<float, uint>(numbers.GetValues()), words.AsSpan(0, count));
                MemoryMarshal.AsBytes(words.AsSpan())[..part.Length].CopyTo(part);
                bytes = bytes[part.Length..];
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw CarriedState.Incomplete(e);
        }
    }

    // Columns that a step which holds so many bytes replaces all of.
    private static TableView Missing(int bytes)
    {
        var columns = new TableColumn[(bytes + ColumnBytes - 1) / ColumnBytes];
        for (var i = 0; i < columns.Length; i++)
        {
            var count = WordCount(Math.Min(ColumnBytes, bytes - (i * ColumnBytes)));
            columns[i] = TableColumn.Vector(Name(InputColumn, i), MissingNumbers, FiniteWords.EncodedLength(count));
        }
        return new TableView(1, columns);
    }

    private static string Name(string first, int column) => column == 0 ? first : FormattableString.Invariant($"{first} {column}");

    private static int WordCount(int bytes) => (bytes + sizeof(uint) - 1) / sizeof(uint);
}
