using Ilt.Corruption;

namespace Ilt.Auditing.Tests;

/// <summary>Evidence with known truth.</summary>
internal static class MadeEvidence
{
    /// <summary>Classes that overlap more or less, predicted as they are; a share of the labels is another class.</summary>
    public static (TaskEvidence Evidence, bool[] Wrong, int[] Right) Classes(double share, int rows = 3000, int classes = 3, double spread = 4, int seed = 1)
    {
        var generator = new SeededGenerator(seed);
        var (probabilities, given, wrong, right) = (new float[rows * classes], new float[rows], new bool[rows], new int[rows]);
        for (var row = 0; row < rows; row++)
        {
            var odds = Enumerable.Range(0, classes).Select(_ => Math.Exp(spread * generator.NextGaussian())).ToArray();
            var draw = generator.NextDouble();
            for (var k = 0; k < classes; k++) probabilities[row * classes + k] = (float)(odds[k] / odds.Sum());
            while (right[row] < classes - 1 && (draw -= probabilities[row * classes + right[row]]) > 0) right[row]++;
            wrong[row] = generator.NextDouble() < share;
            given[row] = wrong[row] ? (right[row] + 1 + generator.NextInt(classes - 1)) % classes : right[row];
        }
        var scores = Enumerable.Range(0, rows).Select(row => -MathF.Log(Math.Max(1e-6f, probabilities[row * classes + (int)given[row]]))).ToArray();
        return (new TaskEvidence { Task = "kind", Form = LabelForm.Classes, Columns = classes, Given = given, Scores = scores, OutOfFold = probabilities }, wrong, right);
    }

    /// <summary>Numbers that follow their predictions with some noise; a share of them is that of another row.</summary>
    public static (TaskEvidence Evidence, bool[] Wrong) Numbers(double share, int rows = 2000, int columns = 1, double noise = 0.3, int seed = 1)
    {
        var generator = new SeededGenerator(seed);
        var (predicted, given, wrong) = (new float[rows * columns], new float[rows * columns], new bool[rows]);
        for (var at = 0; at < predicted.Length; at++)
        {
            predicted[at] = (float)generator.NextGaussian();
            given[at] = predicted[at] + (float)(noise * generator.NextGaussian());
        }
        var right = (float[])given.Clone();
        for (var row = 0; row < rows; row++)
        {
            if (!(wrong[row] = generator.NextDouble() < share)) continue;
            var other = (row + 1 + generator.NextInt(rows - 1)) % rows;
            right.AsSpan(other * columns, columns).CopyTo(given.AsSpan(row * columns));
        }
        var scores = Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns).Sum(c => MathF.Abs(given[row * columns + c] - predicted[row * columns + c]))).ToArray();
        return (new TaskEvidence { Task = "size", Form = LabelForm.Numbers, Columns = columns, Given = given, Scores = scores, OutOfFold = predicted }, wrong);
    }

    /// <summary>Images of which only losses are known; those of wrong ones are larger by a factor.</summary>
    public static (TaskEvidence Evidence, bool[] Wrong) Images(double share, double factor, int rows = 1500, int seed = 1)
    {
        var generator = new SeededGenerator(seed);
        var (losses, wrong) = (new float[rows], new bool[rows]);
        for (var row = 0; row < rows; row++)
        {
            wrong[row] = generator.NextDouble() < share;
            losses[row] = (float)Math.Exp(0.4 * generator.NextGaussian() + (wrong[row] ? Math.Log(factor) : 0));
        }
        return (new TaskEvidence { Task = "mask", Form = LabelForm.Images, Columns = 1, Given = new float[rows], Scores = losses, OutOfFoldLosses = losses }, wrong);
    }

    /// <summary>Share of wrong rows.</summary>
    public static double Share(this bool[] wrong) => wrong.Average(of => of ? 1.0 : 0);
}
