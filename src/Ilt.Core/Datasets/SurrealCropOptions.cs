namespace Ilt.Datasets;

/// <summary>How <see cref="SurrealCrops"/> cuts people out of frames. Immutable.</summary>
public sealed record SurrealCropOptions
{
    /// <summary>Height and width of a crop in pixels, 1 .. 4096. Default 256, as in SURREAL's own experiments.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Every how manieth frame is taken, from the first on, at least 1. Default 1: all; neighbouring frames show nearly the same.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Side of the square over the longer side of the person's box, 1 .. 4. Default 1.2.</summary>
    public double Margin { get; init; } = 1.2;

    /// <summary>The program that extracts the frames of a film where they are not extracted yet. Default <c>ffmpeg</c>.</summary>
    public string Decoder { get; init; } = "ffmpeg";

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Check(Size, 1, 4096, nameof(Size));
        Check(Every, 1, int.MaxValue, nameof(Every));
        Check(Margin, 1, 4, nameof(Margin));
        ArgumentException.ThrowIfNullOrWhiteSpace(Decoder);
    }

    private static void Check(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentException(FormattableString.Invariant($"{nameof(SurrealCropOptions)}.{name} must be between {least} and {most}; found {value}."));
    }
}
