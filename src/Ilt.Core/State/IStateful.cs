namespace Ilt.State;

/// <summary>
/// A part of a training run that a checkpoint keeps. What a new object of the same options restores goes on, bit for bit, as the one
/// that was saved.
/// </summary>
public interface IStateful
{
    /// <summary>Writes all that later steps and results depend on and that does not follow from the options.</summary>
    /// <param name="writer">Stays open.</param>
    void Save(BinaryWriter writer);

    /// <summary>Takes back what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">At the first byte of this part; ends behind its last one.</param>
    /// <exception cref="FormatException">The state is that of an object of other sizes.</exception>
    /// <exception cref="EndOfStreamException">Bytes are missing.</exception>
    void Restore(BinaryReader reader);
}
