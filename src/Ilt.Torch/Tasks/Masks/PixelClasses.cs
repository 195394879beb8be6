namespace Ilt.Torch;

/// <summary>Classes from per-pixel probabilities.</summary>
public static class PixelClasses
{
    /// <summary>The most probable class of every pixel.</summary>
    /// <param name="probabilities">[classes x pixels], as <see cref="MultiTaskModel.Predict"/> gives them.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="classes">One entry per pixel.</param>
    public static void MostProbable(ReadOnlySpan<float> probabilities, int classCount, Span<byte> classes)
    {
        classes.Clear();
        var best = probabilities[..classes.Length].ToArray();
        for (var c = 1; c < classCount; c++)
        {
            var plane = probabilities.Slice(c * classes.Length, classes.Length);
            for (var pixel = 0; pixel < plane.Length; pixel++)
                if (plane[pixel] > best[pixel]) (best[pixel], classes[pixel]) = (plane[pixel], (byte)c);
        }
    }
}
