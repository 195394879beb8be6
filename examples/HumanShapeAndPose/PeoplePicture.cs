using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Examples.HumanShapeAndPose;

/// <summary>People below each other: picture, given mask, predicted mask, given body (green) and predicted body (orange).</summary>
internal static class PeoplePicture
{
    public static ByteImage Draw(BodyModel model, IEnumerable<PersonResult> people)
    {
        var pictures = new BodyPictures(model);
        return BodyPictures.Stack([.. people.Select(person =>
        {
            var image = PngImage.ReadImage(person.ImagePath, channels: 3);
            return pictures.Row(
                image, BodyCamera.For(image.Size), Mask(person.Parts), Mask(person.PredictedParts), Body(person.Shape, person.Pose), Body(person.PredictedShape, person.PredictedPose));

            ByteImage Mask(byte[] parts) => new(image.Height, image.Width, 1, parts);

            // Where a person stands is no task of the network: both bodies are drawn at the true place.
            BodyPose Body(float[] shape, float[] pose) => new(shape, Rotations.SixToAxisAngles(pose), person.Place);
        })]);
    }
}
