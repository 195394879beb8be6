namespace Microsoft.ML.Data;

/// <summary>What a transformer of a chain is for.</summary>
[Flags]
public enum TransformerScope
{
    Training = 1,
    Testing = 2,
    Scoring = 4,
    TrainTest = Training | Testing,
    Everything = Training | Testing | Scoring,
}
