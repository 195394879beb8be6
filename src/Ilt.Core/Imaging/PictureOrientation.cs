namespace Ilt.Imaging;

/// <summary>How the stored lines of a picture lie in what is seen: the values of the tag Orientation of Exif (CIPA DC-008).</summary>
public enum PictureOrientation
{
    /// <summary>As stored; also where a file says nothing.</summary>
    Upright = 1,

    /// <summary>Left and right are exchanged.</summary>
    Mirrored = 2,

    /// <summary>Turned by 180 degrees.</summary>
    UpsideDown = 3,

    /// <summary>Top and bottom are exchanged.</summary>
    Flipped = 4,

    /// <summary>Rows and columns are exchanged.</summary>
    Transposed = 5,

    /// <summary>To be turned clockwise by 90 degrees.</summary>
    TurnRight = 6,

    /// <summary>Rows and columns are exchanged, about the other diagonal.</summary>
    Transversed = 7,

    /// <summary>To be turned counter-clockwise by 90 degrees.</summary>
    TurnLeft = 8,
}
