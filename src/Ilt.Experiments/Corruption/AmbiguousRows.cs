using Ilt.Corruption;
using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Rows that are hard and right: features or pixels halfway between two rows of different classes, with the labels of one of them.</summary>
internal static class AmbiguousRows
{
    // No other generator of a cell may draw the same numbers: what is hard would be what is wrong.
    private const int Item = -2;

    /// <summary>Makes a share of the rows so, drawn at random.</summary>
    /// <param name="set">The data set, for messages.</param>
    /// <param name="data">What it is; the classes are those of its first task of classes.</param>
    /// <param name="share">Share of the labelled training rows, above 0 and below 1.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <returns>The training rows, and which of them are ambiguous.</returns>
    /// <exception cref="ExperimentException">There is no task of at least two classes.</exception>
    public static (TrainingData Train, bool[] IsAmbiguous) Of(DataSet set, LoadedData data, double share, int seed)
    {
        var train = data.Train;
        if (train.Labels.OfType<ClassLabels>().FirstOrDefault() is not { } labels || Labelled(labels).Select(row => labels.Classes[row]).Distinct().Count() < 2)
            throw new ExperimentException($"{set.Where}.ambiguous: it takes a task of two classes or more, between whose rows others can lie; leave it out, or name such a task first.");
        var rows = Labelled(labels);
        var generator = SeededGenerator.ForItem(seed, Item);
        var chosen = (int[])rows.Clone();
        generator.Shuffle<int>(chosen);
        var partners = new Dictionary<int, int>();
        foreach (var row in chosen[..(int)Math.Round(share * rows.Length)])
        {
            int partner;
            do partner = rows[generator.NextInt(rows.Length)];
            while (labels.Classes[partner] == labels.Classes[row]);
            partners[row] = partner;
        }
        return (Mixed(train, partners), [.. Enumerable.Range(0, train.RowCount).Select(partners.ContainsKey)]);
    }

    private static int[] Labelled(ClassLabels labels) => [.. Enumerable.Range(0, labels.Count).Where(labels.IsLabelled)];

    private static TrainingData Mixed(TrainingData data, Dictionary<int, int> partners)
    {
        switch (data)
        {
            case TableData table:
                var features = (float[])table.Features.Clone();
                foreach (var (row, partner) in partners)
                    for (var i = 0; i < table.FeatureCount; i++)
                        features[row * table.FeatureCount + i] = (table.Features[row * table.FeatureCount + i] + table.Features[partner * table.FeatureCount + i]) / 2;
                return new TableData(features, table.FeatureCount, table.Labels);
            case ImageData images:
                var store = new PixelStore(images.Images.BytesPerRow);
                var (own, other) = (new byte[store.BytesPerRow], new byte[store.BytesPerRow]);
                for (var row = 0; row < images.RowCount; row++)
                {
                    images.Images.Read(row, own);
                    if (partners.TryGetValue(row, out var partner))
                    {
                        images.Images.Read(partner, other);
                        for (var i = 0; i < own.Length; i++) own[i] = (byte)((own[i] + other[i] + 1) / 2);
                    }
                    store.Append(own);
                }
                return new ImageData(store, images.Size, images.Input.Channels, images.Labels);
            default:
                throw new NotSupportedException($"rows of the kind {data.GetType().Name}");
        }
    }
}
