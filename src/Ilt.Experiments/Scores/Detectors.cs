using Ilt.Corruption;
using Ilt.Detectors;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Experiments;

/// <summary>The detectors that experiments know by name.</summary>
internal static class Detectors
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IDetector> All { get; } = [new OutOfFoldLoss()];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(detector => detector.Name)];

    /// <summary>The detector of a name.</summary>
    public static IDetector Find(string name) => All.First(detector => detector.Name == name);

    /// <summary>The loss of each row under a network of equal weights that never saw its label: five folds.</summary>
    private sealed class OutOfFoldLoss : IDetector
    {
        private const int Folds = 5;

        public string Name => "equal/out-of-fold";

        public string Summary => "The loss of a row under a network trained with equal weights on the other folds: a wrong label is far from what the others teach.";

        public bool AppliesTo(TaskDefinition task, InputShape input) => true;

        public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
        {
            var order = Enumerable.Range(0, input.Train.RowCount).ToArray();
            new SeededGenerator(input.Options.Seed).Shuffle<int>(order);
            var scores = input.Tasks.Select(_ => Enumerable.Repeat(float.NaN, order.Length).ToArray()).ToArray();
            for (var fold = 0; fold < Folds; fold++)
            {
                var held = order.Where((_, i) => i % Folds == fold).ToArray();
                var kept = order.Where((_, i) => i % Folds != fold).ToArray();
                var result = MultiTaskTraining.Train(input.Tasks, input.Train.Subset(kept), null, input.Options with { Weighting = LossWeightingKind.Equal }, cancellation);
                using var model = result.Model;
                cancellation.ThrowIfCancellationRequested();
                var losses = model.Losses(input.Train.Subset(held));
                for (var task = 0; task < scores.Length; task++)
                    for (var i = 0; i < held.Length; i++)
                        scores[task][held[i]] = losses[task][i];
                input.OnProgress?.Invoke(new DetectorProgress($"fold {fold + 1}", fold + 1, Folds));
            }
            return new DetectorResult { Scores = scores, Fits = Folds };
        }
    }
}
