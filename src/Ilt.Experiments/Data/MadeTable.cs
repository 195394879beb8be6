using Ilt.Corruption;
using Ilt.Rows;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>A made-up table: six features, a class that bends through them and a number that follows from the same ones. For tests and first steps.</summary>
internal sealed class MadeTable : BuiltInData
{
    private const int Features = 6, DefaultRows = 600;

    /// <inheritdoc/>
    public override string Name => "made-table";

    /// <inheritdoc/>
    public override bool DependsOnSeed => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TaskOutline> Tasks { get; } = [new("kind", LabelForm.Classes), new("size", LabelForm.Numbers)];

    /// <inheritdoc/>
    public override LoadedData Load(DataSet set, string? path, int seed)
    {
        var (classes, noise) = Options(OptionsOf(set));
        var rows = set.Rows ?? DefaultRows;
        var generator = new SeededGenerator(1);
        var features = new float[rows * Features];
        var (kinds, sizes) = (new int[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var x = Enumerable.Range(0, Features).Select(_ => generator.NextGaussian()).ToArray();
            for (var d = 0; d < Features; d++) features[(row * Features) + d] = (float)x[d];
            var turn = Math.Atan2(x[0] + (0.3 * x[2]), x[1] - (0.3 * x[3])) / (2 * Math.PI);
            kinds[row] = (int)((turn + 1) * classes) % classes;
            sizes[row] = (float)(20 + (4 * x[0]) - (3 * x[4]) + (2 * Math.Tanh(x[1] * x[5])) + (noise * generator.NextGaussian()));
        }
        var all = new TableData(features, Features, [new ClassLabels(kinds), new NumberLabels(sizes)]);
        var (training, test) = RowSplit.Split(rows, [kinds], set.TestShare, seed);
        return new LoadedData([new ClassificationTask("kind", classes), new RegressionTask("size")], all.Subset(training), all.Subset(test));
    }

    /// <inheritdoc/>
    protected override void Check(JsonPlace options) => Options(options);

    private static (int Classes, double Noise) Options(JsonPlace options) => (options.Whole("classes", 2) ?? 4, options.Number("noise", 0) ?? 0.5);
}
