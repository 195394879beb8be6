namespace Ilt.Bodies;

[TestFixture]
public sealed class BodyPartsTests
{
    [Test]
    public void Tables_LeftAndRight_AreSwappedByName()
    {
        Assert.That((BodyParts.JointNames.Count, BodyParts.ClassNames.Count, BodyParts.MirroredJoints.Count, BodyParts.MirroredPartIds.Count), Is.EqualTo((24, 25, 24, 25)));
        for (var joint = 0; joint < 24; joint++)
            Assert.That(BodyParts.JointNames[BodyParts.MirroredJoints[joint]], Is.EqualTo(Other(BodyParts.JointNames[joint])));
        for (var part = 0; part < 25; part++)
            Assert.That(BodyParts.ClassNames[BodyParts.MirroredPartIds[part]], Is.EqualTo(Other(BodyParts.ClassNames[part])));
    }

    [Test]
    public void MirrorFunctions_Twice_GiveTheSameAgain()
    {
        var pose = TinyBody.Pose(24, 1);
        Assert.That(BodyParts.MirrorPose(BodyParts.MirrorPose(pose)), Is.EqualTo(pose));
        Assert.That(BodyParts.MirrorJoints(BodyParts.MirrorJoints(pose)), Is.EqualTo(pose));
        Assert.That(BodyParts.MirrorPixels(BodyParts.MirrorPixels(pose[..48], 64), 64), Is.EqualTo(pose[..48]).Within(1e-5f));
    }

    [Test]
    public void MirrorPixels_LeftHip_BecomesTheRightOneOnTheOtherSide()
    {
        var pixels = new float[48];
        (pixels[2], pixels[3]) = (10, 20);
        var mirrored = BodyParts.MirrorPixels(pixels, 64);
        Assert.That(mirrored[4..6], Is.EqualTo(new float[] { 54, 20 }));
        Assert.That(() => BodyParts.MirrorPixels(new float[72], 64), Throws.ArgumentException.With.Message.Contains("48 altogether; found 72"));
    }

    private static string Other(string name) =>
        name.Contains("left", StringComparison.Ordinal) ? name.Replace("left", "right", StringComparison.Ordinal) : name.Replace("right", "left", StringComparison.Ordinal);
}
