using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>Reads the labels of one task. A row is read first and kept only if all its columns are good.</summary>
internal abstract class LabelReader
{
    /// <summary>Reads the current row's label.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public abstract string? Read();

    /// <summary>Keeps the label read last.</summary>
    public abstract void Keep();

    /// <summary>Keeps a missing label in place of the one read last.</summary>
    public abstract void KeepMissing();

    /// <summary>The labels kept.</summary>
    public abstract TaskLabels ToLabels();

    /// <summary>The highest class id of the masks kept; -1 where there is none.</summary>
    public virtual int HighestClass => -1;
}
