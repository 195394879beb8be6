using Ilt.Torch;

namespace Ilt.Detectors.Tests;

/// <summary>Small seeded tables whose labels follow from the features, but for a known share that was made wrong.</summary>
internal sealed record NoisyTable(IReadOnlyList<TaskDefinition> Tasks, TableData Data, bool[][] Wrong)
{
    public const int Classes = 3;

    /// <summary>A class by the angle of two features and a number of all three; every 5th class and every 7th number is wrong, every 11th missing.</summary>
    public static NoisyTable Make(int rows, int seed, bool missing = true)
    {
        var random = new Random(seed);
        var features = new float[rows * 3];
        var (classes, numbers) = (new int[rows], new float[rows]);
        bool[][] wrong = [new bool[rows], new bool[rows]];
        for (var row = 0; row < rows; row++)
        {
            for (var d = 0; d < 3; d++) features[row * 3 + d] = (float)(2 * random.NextDouble() - 1);
            var x = features.AsSpan(row * 3, 3);
            classes[row] = (int)((Math.Atan2(x[1], x[0]) + Math.PI) / (2 * Math.PI) * 2.9999);
            numbers[row] = 100 + 10 * (x[0] + x[2]);
            if (row % 5 == 0) (classes[row], wrong[0][row]) = ((classes[row] + 1 + random.Next(2)) % Classes, true);
            if (row % 7 == 0) (numbers[row], wrong[1][row]) = (numbers[row] + (random.Next(2) == 0 ? 25 : -25), true);
            if (missing && row % 11 == 3) (classes[row], numbers[row], wrong[0][row], wrong[1][row]) = (-1, float.NaN, false, false);
        }
        return new([new ClassificationTask("class", Classes), new RegressionTask("number")], new TableData(features, 3, [new ClassLabels(classes), new NumberLabels(numbers)]), wrong);
    }

    /// <summary>Options of a run of a second or less.</summary>
    public static TrainingOptions Quick { get; } = new() { Epochs = 8, BatchSize = 16, LearningRate = 1e-2, HiddenUnits = [16], Seed = 5 };

    public DetectorInput Input(TrainingOptions? options = null) => new(Tasks, Data, options ?? Quick);
}
