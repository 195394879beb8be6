using Ilt.Detection;
using Ilt.Imaging;

namespace Ilt.MLNet;

/// <summary>Where in an image the given mask or map does not fit, as the networks of the second half of the training see it.</summary>
/// <param name="Id">The row's id; its position, from 1, where no id column was named.</param>
/// <param name="NoiseScore">The row's noise score for the task: higher = the label is more likely wrong.</param>
/// <param name="Size">Size of the image and of all that follows.</param>
/// <param name="Heat">
/// [H x W]: how badly each pixel's label fits, higher = worse; NaN where the pixel has no label. Masks: mean -log p(given class), nats; maps:
/// mean absolute error in robust standard deviations of the errors of the data.
/// </param>
/// <param name="SuggestedMask">Masks: [H x W], the class that is most probable on average; null for a map.</param>
/// <param name="SuggestedMap">Maps: [H x W], the mean prediction in the label's units; null for a mask.</param>
/// <param name="Regions">Connected parts that do not fit, highest score first.</param>
/// <seealso cref="HeatMapPicture"/>
public sealed record LabelImageExamination(
    string Id, float NoiseScore, ImageSize Size, float[] Heat, byte[]? SuggestedMask, float[]? SuggestedMap, IReadOnlyList<FlaggedRegion> Regions);
