namespace Ilt.Bodies;

/// <summary>The 24 joints of SMPL and the 24 body parts of SURREAL, which are in the same order: the id of a part is its joint plus 1, and 0 is background.</summary>
public static class BodyParts
{
    private static readonly byte[] MirroredParts = new byte[25];

    static BodyParts()
    {
        for (var joint = 0; joint < JointNames.Count; joint++)
            MirroredParts[joint + 1] = (byte)(MirroredJoints[joint] + 1);
    }

    /// <summary>Number of joints: 24.</summary>
    public const int JointCount = 24;

    /// <summary>Number of classes of a part mask: 25, the background among them.</summary>
    public const int ClassCount = 25;

    /// <summary>Names of the joints. Left is the body's own left.</summary>
    public static IReadOnlyList<string> JointNames { get; } =
    [
        "pelvis", "left hip", "right hip", "spine1", "left knee", "right knee", "spine2", "left ankle", "right ankle", "spine3", "left foot", "right foot",
        "neck", "left collar", "right collar", "head", "left shoulder", "right shoulder", "left elbow", "right elbow", "left wrist", "right wrist",
        "left hand", "right hand",
    ];

    /// <summary>Names of the classes of a part mask: background, then the part that each joint moves.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
    [
        "background", "hips", "left thigh", "right thigh", "belly", "left shin", "right shin", "waist", "left foot", "right foot", "chest", "left toes",
        "right toes", "neck", "left collar", "right collar", "head", "left upper arm", "right upper arm", "left forearm", "right forearm", "left hand",
        "right hand", "left fingers", "right fingers",
    ];

    /// <summary>The joint that each joint becomes in a mirror.</summary>
    public static IReadOnlyList<int> MirroredJoints { get; } = [0, 2, 1, 3, 5, 4, 6, 8, 7, 9, 11, 10, 12, 14, 13, 15, 17, 16, 19, 18, 21, 20, 23, 22];

    /// <summary>The part that each part id, 0 .. 24, becomes in a mirror.</summary>
    public static IReadOnlyList<byte> MirroredPartIds => MirroredParts;

    /// <summary>A pose as a mirror shows it, where the mirror swaps left and right: x becomes -x in the frame of the rotations.</summary>
    /// <param name="axisAngles">24 axis-angle vectors, [72].</param>
    /// <returns>A new array: vectors of the swapped joints, their y and z negated.</returns>
    /// <exception cref="ArgumentException">Not 72 numbers.</exception>
    public static float[] MirrorPose(ReadOnlySpan<float> axisAngles) => Mirror(axisAngles, 3, 1, -1);

    /// <summary>Joints as a mirror shows them: swapped, x becomes -x.</summary>
    /// <param name="joints">24 positions, [72]; x = 0 is the mirror.</param>
    /// <returns>A new array.</returns>
    /// <exception cref="ArgumentException">Not 72 numbers.</exception>
    public static float[] MirrorJoints(ReadOnlySpan<float> joints) => Mirror(joints, 3, -1, 1);

    /// <summary>Joints in a picture that is flipped left to right: swapped, u becomes width - u.</summary>
    /// <param name="joints">24 positions in pixels, [48].</param>
    /// <param name="width">Width of the picture, in pixels.</param>
    /// <returns>A new array.</returns>
    /// <exception cref="ArgumentException">Not 48 numbers.</exception>
    public static float[] MirrorPixels(ReadOnlySpan<float> joints, double width)
    {
        var result = Mirror(joints, 2, -1, 1);
        for (var i = 0; i < result.Length; i += 2) result[i] += (float)width;
        return result;
    }

    private static float[] Mirror(ReadOnlySpan<float> numbers, int each, int first, int others)
    {
        if (numbers.Length != each * JointCount)
            throw new ArgumentException(FormattableString.Invariant($"Expected {each} numbers for each of {JointCount} joints, {each * JointCount} altogether; found {numbers.Length}."), nameof(numbers));
        var result = new float[numbers.Length];
        for (var joint = 0; joint < JointCount; joint++)
            for (var c = 0; c < each; c++)
                result[(each * joint) + c] = (c == 0 ? first : others) * numbers[(each * MirroredJoints[joint]) + c];
        return result;
    }
}
