namespace Ilt.Imaging;

/// <summary>How the dimensions of a NumPy array are read as a picture, a mask or a map; the same for everyone who reads one.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Numbers per pixel: 1 or 3.</param>
public readonly record struct PictureShape(int Height, int Width, int Channels)
{
    /// <summary>Reads [H, W], [H, W, 1], [H, W, 3], or [1, H, W].</summary>
    /// <returns>null for any other shape. One that could be read in two ways, such as [1, H, 3], has its channels last.</returns>
    public static PictureShape? Read(IReadOnlyList<int> shape) => shape switch
    {
        [<= 0, ..] or [_, <= 0, ..] or [_, _, <= 0] => null,
        [var h, var w] => new(h, w, 1),
        [var h, var w, 1 or 3] => new(h, w, shape[2]),
        [1, var h, var w] => new(h, w, 1),
        _ => null,
    };
}
