using Ilt.Imaging;
using Ilt.Parameters;

namespace Ilt.Weighting;

/// <summary>What a weighting is made from: the run that it is to weigh.</summary>
/// <param name="Rows">Number of training rows N; the rows of a batch are numbered from 0 to N - 1.</param>
/// <param name="Tasks">The tasks, in the order of the losses.</param>
/// <param name="Epochs">Planned length of the run, at least 1.</param>
/// <param name="Seed">Seed of what the weighting draws; it follows from the run's.</param>
public sealed record WeightingContext(int Rows, IReadOnlyList<WeightingTask> Tasks, int Epochs, int Seed = 1)
{
    /// <summary>Memory for what is learned of every row, to be handed to <see cref="InstanceTaskParameters"/>; null: each takes the default.</summary>
    public MemoryBudget? Memory { get; init; }
}
