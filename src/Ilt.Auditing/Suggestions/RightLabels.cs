namespace Ilt.Auditing;

/// <summary>What the labels should be, how sure that is, and how hard it is to tell.</summary>
/// <param name="Suggested">As in <see cref="TaskAudit.Suggested"/>.</param>
/// <param name="Confidence">As in <see cref="TaskAudit.Confidence"/>.</param>
/// <param name="Difficulty">As in <see cref="TaskAudit.Difficulty"/>.</param>
internal sealed record RightLabels(float[]? Suggested, float[]? Confidence, float[] Difficulty)
{
    /// <summary>Nothing is known.</summary>
    public static RightLabels Unknown(int rows) => new(null, null, Nothing(rows));

    /// <summary>An array of NaN.</summary>
    public static float[] Nothing(int count)
    {
        var nothing = new float[count];
        Array.Fill(nothing, float.NaN);
        return nothing;
    }
}
