using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>Turns a pipeline as ML.NET loaded it back into the pipeline that was saved.</summary>
internal static class ModelLoader
{
    public static ITransformer Load(MLContext context, Stream stream, CustomNetworkDefinition? customNetwork, IReadOnlyList<TaskDerivation>? derivations, out DataViewSchema inputSchema)
    {
        // Said here, since a closed stream would otherwise look like a broken file below.
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read; open it for reading, and close it after loading.", nameof(stream));
        ITransformer loaded;
        try
        {
            ZipCheck.Require(stream);
            loaded = context.Model.Load(stream, out inputSchema);
        }
        catch (Exception e) when (IsDamage(e))
        {
            // What ML.NET throws depends on how far it gets: no zip, a zip of something else, a model cut short.
            throw new FormatException("This is no model file that mlContext.Model.Save wrote, or it is broken: " + e.Message, e);
        }
        return Restore(loaded, customNetwork, derivations);
    }

    // Counts in a file that someone has made up may also be more than memory holds, or than an array can have.
    private static bool IsDamage(Exception e) => e is IOException or InvalidDataException or InvalidOperationException or ArgumentException or NotSupportedException
        or OutOfMemoryException or OverflowException or IndexOutOfRangeException or NullReferenceException or System.Reflection.TargetInvocationException;

    /// <summary>Replaces carriers by transformers, in nested chains too; everything else, scopes included, stays as it is.</summary>
    public static ITransformer Restore(ITransformer transformer, CustomNetworkDefinition? customNetwork, IReadOnlyList<TaskDerivation>? derivations)
    {
        if (ModelCarrier.TryRead(transformer, out var kind, out var state))
            return kind switch
            {
                ModelCarrier.LabelImages => new LabelImageLoadingTransformer(LabelImageFormat.Read(state)),
                ModelCarrier.Pictures => new PictureLoadingTransformer(PictureSourceFormat.Read(state)),
                _ => new MultiTaskTransformer(FittedModelFormat.Read(state, customNetwork, derivations)),
            };
        if (transformer is not TransformerChain<ITransformer> chain) return transformer;
        var members = chain.ToArray();
        var restored = members.Select(member => Restore(member, customNetwork, derivations)).ToArray();
        return Enumerable.SequenceEqual<object>(restored, members, ReferenceEqualityComparer.Instance) ? chain : new TransformerChain<ITransformer>(restored, Scopes(chain, members));
    }

    // A chain does not tell its scopes, but it tells which members each scope selects.
    private static TransformerScope[] Scopes(TransformerChain<ITransformer> chain, ITransformer[] members)
    {
        var scopes = new TransformerScope[members.Length];
        foreach (var scope in (TransformerScope[])[TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring])
        {
            var selected = new HashSet<object>(chain.GetModelFor(scope), ReferenceEqualityComparer.Instance);
            for (var i = 0; i < members.Length; i++)
                if (selected.Contains(members[i])) scopes[i] |= scope;
        }
        return scopes;
    }
}
