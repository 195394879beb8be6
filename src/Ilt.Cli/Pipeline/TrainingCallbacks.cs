using Ilt.Detectors;
using Ilt.Torch;

namespace Ilt.Cli.Pipeline;

/// <summary>What a training tells while it goes on.</summary>
/// <param name="OnEpoch">After an epoch.</param>
/// <param name="OnBatch">After a batch.</param>
/// <param name="OnImage">After each image that is read beforehand; from any thread.</param>
/// <param name="OnScoring">After a fit of the detector that ranks the rows.</param>
/// <param name="OnNote">A sentence that the user should read.</param>
internal sealed record TrainingCallbacks(Action<EpochReport> OnEpoch, Action<BatchProgress> OnBatch, Action OnImage, Action<DetectorProgress> OnScoring, Action<string> OnNote);
