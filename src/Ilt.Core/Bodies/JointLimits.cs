using Ilt.Corruption;

namespace Ilt.Bodies;

/// <summary>
/// How far and how often the 24 joints of a SMPL-like body bend: limits of every component of every axis-angle vector, and random poses within.
/// </summary>
/// <remarks>
/// Set by hand, not learnt from motion capture: x bends forwards and backwards, y turns about the vertical, z to the sides, each in the rest pose's
/// axes (x to the body's left, y up, z forward). Every component is drawn from a normal distribution cut off at its limits, independently of the
/// others; right limbs are the left ones' mirror images.
/// </remarks>
public static class JointLimits
{
    private const int MostDraws = 100;

    private static readonly Limit[] Limits = Build();

    /// <summary>Smallest value of each component of a pose, radians, [72]; the root's three are -pi.</summary>
    public static IReadOnlyList<float> Lower { get; } = [.. Limits.Select(limit => limit.Low)];

    /// <summary>Largest value of each component of a pose, radians, [72]; the root's three are pi.</summary>
    public static IReadOnlyList<float> Upper { get; } = [.. Limits.Select(limit => limit.High)];

    /// <summary>Whether a pose is within the limits. The root may turn anyhow.</summary>
    /// <param name="axisAngles">[72], radians.</param>
    /// <exception cref="ArgumentException">Not 72 numbers.</exception>
    public static bool Contains(ReadOnlySpan<float> axisAngles)
    {
        if (axisAngles.Length != Limits.Length)
            throw new ArgumentException(FormattableString.Invariant($"A pose has {Limits.Length} numbers; found {axisAngles.Length}."), nameof(axisAngles));
        for (var i = 3; i < Limits.Length; i++)
            if (!(axisAngles[i] >= Limits[i].Low && axisAngles[i] <= Limits[i].High))
                return false;
        return true;
    }

    /// <summary>A random pose.</summary>
    /// <param name="generator">Where chance comes from.</param>
    /// <param name="spread">Factor of all spreads.</param>
    /// <param name="tilt">Standard deviation of the body's lean, radians.</param>
    /// <returns>[72]; the root stands upright in a camera's frame (y down), turned anyhow about the vertical.</returns>
    internal static float[] Draw(SeededGenerator generator, double spread, double tilt)
    {
        var pose = new float[Limits.Length];
        for (var i = 3; i < pose.Length; i++) pose[i] = Limits[i].Draw(generator, spread);

        Span<double> turn = stackalloc double[9];
        Rotations.AxisAngleToMatrix([0, 2 * Math.PI * generator.NextDouble(), 0], turn);
        Span<double> lean = stackalloc double[9];
        Rotations.AxisAngleToMatrix([tilt * generator.NextGaussian(), 0, tilt * generator.NextGaussian()], lean);
        Span<double> root = stackalloc double[9];
        Rotations.Multiply(lean, turn, root);
        // Half a turn about x: the body's up is the camera's -y, and a body that faces forward looks at the camera.
        for (var i = 3; i < 9; i++) root[i] = -root[i];
        Span<double> vector = stackalloc double[3];
        Rotations.MatrixToAxisAngle(root, vector);
        for (var c = 0; c < 3; c++) pose[c] = (float)vector[c];
        return pose;
    }

    private static Limit[] Build()
    {
        var limits = new Limit[3 * BodyParts.JointCount];
        void Set(int joint, Limit x, Limit y, Limit z)
        {
            (limits[3 * joint], limits[(3 * joint) + 1], limits[(3 * joint) + 2]) = (x, y, z);
            var other = BodyParts.MirroredJoints[joint];
            if (other != joint) (limits[3 * other], limits[(3 * other) + 1], limits[(3 * other) + 2]) = (x, y.Mirrored(), z.Mirrored());
        }

        var free = new Limit(0, 0, -MathF.PI, MathF.PI);
        var stiff = new Limit(0, 0, 0, 0);
        Limit Either(float deviation) => new(0, deviation, -3.5f * deviation, 3.5f * deviation);
        Set(0, free, free, free);
        Set(1, new(-0.27f, 0.45f, -1.9f, 1.0f), Either(0.2f), new(0.05f, 0.2f, -0.5f, 0.8f)); // hips: thighs forward, turned, apart
        Set(4, new(0.45f, 0.42f, 0, 2.1f), stiff, stiff); // knees: one hinge
        Set(7, Either(0.15f), Either(0.15f), Either(0.15f)); // ankles
        Set(10, Either(0.1f), Either(0.1f), Either(0.1f)); // toes
        foreach (var spine in (int[])[3, 6, 9]) Set(spine, Either(0.12f), Either(0.12f), Either(0.12f));
        Set(12, Either(0.15f), Either(0.15f), Either(0.15f)); // neck
        Set(15, Either(0.2f), Either(0.2f), Either(0.2f)); // head
        Set(13, Either(0.08f), Either(0.08f), Either(0.08f)); // collars
        Set(16, Either(0.3f), new(-0.2f, 0.5f, -1.9f, 1.3f), new(-0.07f, 0.55f, -1.9f, 1.8f)); // shoulders: turned, forward, up and down
        Set(18, Either(0.2f), new(-0.55f, 0.45f, -2.35f, 0), Either(0.15f)); // elbows: nearly a hinge
        Set(20, Either(0.15f), Either(0.15f), Either(0.15f)); // wrists
        Set(22, Either(0.12f), Either(0.12f), Either(0.12f)); // fingers
        return limits;
    }

    /// <summary>A normal distribution that is cut off.</summary>
    private readonly record struct Limit(float Mean, float Deviation, float Low, float High)
    {
        public Limit Mirrored() => new(-Mean, Deviation, -High, -Low);

        public float Draw(SeededGenerator generator, double spread)
        {
            if (Deviation == 0) return Mean;
            for (var draw = 0; draw < MostDraws; draw++)
            {
                var value = (float)(Mean + (spread * Deviation * generator.NextGaussian()));
                if (value >= Low && value <= High) return value;
            }

            return Mean;
        }
    }
}
