namespace Ilt.Torch;

/// <summary>
/// The targets of one task for some rows, in arrays that are filled again and again: by any thread, one at a time, so that it can happen ahead of the training.
/// </summary>
internal abstract class TargetBuffer
{
    /// <summary>Puts the target of a row in its place; where there is no label, anything finite.</summary>
    /// <param name="place">The place in the batch, from 0.</param>
    /// <param name="row">The row of the data.</param>
    /// <param name="change">What is done to the row's image and labels alike; null: nothing.</param>
    /// <returns>Whether the row has a label; a crop of one may have none.</returns>
    public abstract bool Write(int place, int row, IRowChange? change);

    /// <summary>Copies of what was written, as tensors.</summary>
    public abstract BatchTarget ToTensors();
}
