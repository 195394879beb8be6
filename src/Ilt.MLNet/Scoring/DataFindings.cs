using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Ilt.Auditing;
using Ilt.Parameters;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Looks through the training rows for other faults than wrong labels.</summary>
internal static class DataFindings
{
    /// <summary>What is found.</summary>
    /// <param name="schema">Tasks and features.</param>
    /// <param name="view">The training rows as they were given, for the features' names.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="index">Their ids.</param>
    /// <param name="evidence">What is known of their labels, by task.</param>
    /// <param name="model">The trained network.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyList<DataFinding> Of(
        TrainerSchema schema, DataViewSchema view, TrainingData data, InstanceIndex index, IReadOnlyList<TaskEvidence> evidence, MultiTaskModel model, int seed, CancellationToken cancellation)
    {
        var found = DataAudit.Find(new DataEvidence
        {
            RowCount = data.RowCount,
            Tasks = evidence,
            Features = (data as StreamedTable)?.ToTable().Features ?? (data as TableData)?.Features, // the checks compare rows with each other
            FeatureNames = schema.Image is null ? [.. schema.Features.SelectMany(feature => Names(feature, view[feature.Name]))] : null,
            Embedding = model.Embed(data, cancellation),
            InputHashes = (data as ImageData) is { } images ? Hashes(images) : null,
            ClassNames = schema.Tasks.Zip(evidence).Where(pair => pair.Second.Form == LabelForm.Classes).ToDictionary(pair => pair.Second.Task, pair => pair.First.Binding.OutputNames(pair.First)!),
            Seed = seed,
        }, cancellation);
        return [.. found.Select(finding => new DataFinding(
            finding.Kind, finding.Task, finding.Title, finding.Text, [.. finding.Groups.Select(group => group.Select(row => index[row]).ToArray())], finding.Count))];
    }

    private static IEnumerable<string> Names(FeatureColumn feature, DataViewSchema.Column column) =>
        KeyNames.ReadSlotNames(column) ?? (feature.Size == 1 ? [feature.Name]
            : Enumerable.Range(0, feature.Size).Select(slot => string.Create(CultureInfo.InvariantCulture, $"{feature.Name}[{slot}]")));

    private static ulong[] Hashes(ImageData images)
    {
        var hashes = new ulong[images.RowCount];
        var bytes = new byte[images.Input.Size];
        for (var row = 0; row < hashes.Length; row++)
        {
            images.Images.Read(row, bytes);
            hashes[row] = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(bytes));
        }
        return hashes;
    }
}
