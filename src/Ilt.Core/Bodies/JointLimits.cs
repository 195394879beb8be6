using Ilt.Corruption;

namespace Ilt.Bodies;

/// <summary>
/// How far and how often the 24 joints of a SMPL-like body bend: limits of every component of every axis-angle vector, and random poses within.
/// </summary>
/// <remarks>
/// Set by hand, not learnt from motion capture: x bends forwards and backwards, y turns about the vertical, z to the sides, each in the rest pose's
/// axes (x to the body's left, y up, z forward). Every component is drawn from a normal distribution cut off at its limits, independently of the
/// others or together with them (<see cref="BodySceneOptions.PoseDimensions"/>); right limbs' limits are the left ones' mirror images.
/// </remarks>
public static class JointLimits
{
    private const int MostDraws = 100;
    private const int DirectionsSeed = 7;

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
    /// <param name="options">How far joints bend, how many ways there are, and how the body stands.</param>
    /// <returns>[72]; the root stands upright in a camera's frame (y down), turned about the vertical.</returns>
    internal static float[] Draw(SeededGenerator generator, BodySceneOptions options)
    {
        var pose = new float[Limits.Length];
        if (options.PoseDimensions == 0)
            for (var i = 3; i < pose.Length; i++) pose[i] = Limits[i].Draw(generator, options.PoseSpread);
        else
            Bend(pose, generator, options);

        Span<double> turn = stackalloc double[9];
        Rotations.AxisAngleToMatrix([0, options.TurnDegrees * Math.PI / 180 * ((2 * generator.NextDouble()) - 1), 0], turn);
        Span<double> lean = stackalloc double[9];
        Rotations.AxisAngleToMatrix([options.Tilt * generator.NextGaussian(), 0, options.Tilt * generator.NextGaussian()], lean);
        Span<double> root = stackalloc double[9];
        Rotations.Multiply(lean, turn, root);
        // Half a turn about x: the body's up is the camera's -y, and a body that faces forward looks at the camera.
        for (var i = 3; i < 9; i++) root[i] = -root[i];
        Span<double> vector = stackalloc double[3];
        Rotations.MatrixToAxisAngle(root, vector);
        for (var c = 0; c < 3; c++) pose[c] = (float)vector[c];
        return pose;
    }

    // All components follow from a few numbers. How they do is the same for every generator, so that people of one series move like those of another.
    private static void Bend(float[] pose, SeededGenerator generator, BodySceneOptions options)
    {
        Span<double> numbers = stackalloc double[options.PoseDimensions];
        foreach (ref var number in numbers) number = generator.NextGaussian();
        var directions = new SeededGenerator(DirectionsSeed);
        for (var i = 3; i < pose.Length; i++)
        {
            var (sum, squares) = (0.0, 0.0);
            foreach (var number in numbers)
            {
                var direction = directions.NextGaussian();
                sum += direction * number;
                squares += direction * direction;
            }

            pose[i] = Limits[i].At(options.PoseSpread * sum / Math.Sqrt(squares));
        }
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

        /// <summary>The value so many deviations from the mean, kept within the limits.</summary>
        public float At(double deviations) => Math.Clamp((float)(Mean + (deviations * Deviation)), Low, High);

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
