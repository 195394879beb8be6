using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ilt.MLNet;

/// <summary>
/// Puts bytes into a pipeline file. ML.NET lets other libraries write no model nodes of their own, but a value mapping of ML.NET
/// may map any number to any bytes: key 1, 2, .. to the pieces of our state, key 0 to the number of pieces. The mapping's output
/// column tells what the bytes are.
/// </summary>
internal static class ModelCarrier
{
    /// <summary>The bytes are a fitted model.</summary>
    public const string Model = "Ilt.MLNet.MultiTaskTransformer";

    /// <summary>The bytes are a step that loads label images.</summary>
    public const string LabelImages = "Ilt.MLNet.LabelImageLoadingTransformer";

    // What plain mlContext.Model.Load gives fails with "Could not find input column '...'": the name says what to do instead.
    private const string KeyColumn = "LoadThisModelWith mlContext.MultiTask.LoadModel";
    private static readonly string[] Kinds = [Model, LabelImages];
    private const int PieceSize = 1 << 20;

    public static ICanSaveModel Create(MLContext context, string kind, byte[] state)
    {
        var pieces = state.Chunk(PieceSize).Select((piece, i) => KeyValuePair.Create(i + 1, piece)).ToList();
        pieces.Insert(0, KeyValuePair.Create(0, BitConverter.GetBytes(pieces.Count)));
        return context.Transforms.Conversion.MapValue<int, byte>(kind, pieces, KeyColumn).Fit(Keys(0, 1));
    }

    /// <summary>The bytes that a value mapping carries, and what they are; false where it is an ordinary one.</summary>
    /// <exception cref="FormatException">It is a carrier, but pieces are missing.</exception>
    public static bool TryRead(ITransformer transformer, [NotNullWhen(true)] out string? kind, [NotNullWhen(true)] out byte[]? state)
    {
        state = null;
        kind = transformer is ValueMappingTransformer ? KindOf(transformer) : null;
        if (kind is null) return false;
        var head = Read(transformer, kind, 0, 1).Single();
        if (head.Length != sizeof(int) || BitConverter.ToInt32(head) is var count && count < 1)
            throw new FormatException("The model file's content is incomplete; the file is broken. Save the model again.");
        var pieces = Read(transformer, kind, 1, BitConverter.ToInt32(head));
        if (pieces.Any(p => p.Length == 0))
            throw new FormatException("The model file's content is incomplete; the file is broken. Save the model again.");
        state = new byte[pieces.Sum(p => p.Length)];
        var start = 0;
        foreach (var piece in pieces)
        {
            piece.CopyTo(state, start);
            start += piece.Length;
        }
        return true;
    }

    // An ordinary mapping does not find its input column in a schema that has ours only.
    private static string? KindOf(ITransformer transformer)
    {
        try
        {
            var schema = transformer.GetOutputSchema(Keys(0, 1).Schema);
            return Array.Find(Kinds, kind => schema.GetColumnOrNull(kind)?.Type is VectorDataViewType);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static List<byte[]> Read(ITransformer carrier, string kind, int first, int count)
    {
        var view = carrier.Transform(Keys(first, count));
        var column = view.Schema[kind];
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<byte>>(column);
        var pieces = new List<byte[]>();
        VBuffer<byte> piece = default;
        while (cursor.MoveNext())
        {
            getter(ref piece);
            var bytes = new byte[piece.Length];
            piece.CopyTo(bytes);
            pieces.Add(bytes);
        }
        return pieces;
    }

    private static TableView Keys(int first, int count) => new(count, [TableColumn.Int32(KeyColumn, row => first + (int)row)]);
}
