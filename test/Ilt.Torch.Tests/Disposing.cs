namespace Ilt.Torch.Tests;

/// <summary>A training's result whose model is freed at the end of a test.</summary>
internal sealed class Disposing(TrainingResult value) : IDisposable
{
    public TrainingResult Value => value;

    public void Dispose() => value.Model.Dispose();
}
