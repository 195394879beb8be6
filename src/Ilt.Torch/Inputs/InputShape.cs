namespace Ilt.Torch;

/// <summary>What one row feeds into a network: D features (<c>new InputShape(D)</c>) or an image of C channels, planar [C, H, W].</summary>
/// <param name="Channels">Features of a table, or channels of an image (1 gray, 3 RGB).</param>
/// <param name="Height">Height of an image in pixels; 0 for a table.</param>
/// <param name="Width">Width of an image in pixels; 0 for a table.</param>
public readonly record struct InputShape(int Channels, int Height = 0, int Width = 0)
{
    /// <summary>Whether rows are images rather than features.</summary>
    public bool IsImage => Height > 0;

    /// <summary>The kind of input, which knows all that depends on it.</summary>
    internal InputModality Modality => InputModalities.Of(this);

    /// <summary>Numbers per row.</summary>
    public int Size => Modality.Size(this);

    /// <summary>The shape in words, for messages.</summary>
    public override string ToString() => Modality.ShapeInWords(this);
}
