using Ilt.Imaging;

namespace Ilt.Torch.Tests.Inputs;

/// <summary>What the kinds of input say of themselves, and what a new one gets without saying anything.</summary>
public class InputModalityTests
{
    private static readonly InputShape Table = new(5), Image = new(3, 8, 4);

    [Test]
    public void Of_Shape_IsItsKind()
    {
        Assert.That(Table.Modality, Is.TypeOf<TableModality>());
        Assert.That(Image.Modality, Is.TypeOf<ImageModality>());
        Assert.That(default(InputShape).Modality, Is.TypeOf<TableModality>());
        Assert.That((Table.IsImage, Image.IsImage), Is.EqualTo((false, true)));
    }

    [Test]
    public void Shape_InNumbersAndWords_IsThatOfItsKind()
    {
        Assert.That((Table.Size, Image.Size), Is.EqualTo((5, 96)));
        Assert.That(Table.Modality.BatchShape(Table, 2), Is.EqualTo((long[])[2, 5]));
        Assert.That(Image.Modality.BatchShape(Image, 2), Is.EqualTo((long[])[2, 3, 8, 4]));
        Assert.That((Table.ToString(), Image.ToString()), Is.EqualTo(("table of 5 feature(s)", "8 x 4 image of 3 channel(s)")));
        Assert.That(Table.Modality.ContentInWords(Table), Is.EqualTo("5 features"));
        Assert.That(Image.Modality.ContentInWords(Image), Is.EqualTo("8 x 4 pixels of 3 channel(s)"));
    }

    [Test]
    public void Check_OptionOfOtherInputs_NamesIt()
    {
        var turned = new TrainingOptions { Augmentation = new AugmentationOptions { HorizontalFlip = 0.5 } };
        Assert.That(() => Table.Modality.Check(turned),
            Throws.ArgumentException.With.Message.EqualTo("Augmentation is for images; the rows are features. Leave it null. (Parameter 'options')"));
        Assert.That(() => Image.Modality.Check(turned), Throws.Nothing);
        Assert.That(() => Image.Modality.Check(new TrainingOptions { Dropout = 0.1 }), Throws.ArgumentException.With.Message.Contains("the rows are images"));
        Assert.That(() => new SequenceModality().Check(turned), Throws.ArgumentException.With.Message.Contains("the rows are sequences"));
    }

    [Test]
    public void NewKind_SaysOnlyWhatIsItsOwn()
    {
        var kind = new SequenceModality();
        Assert.That((kind.IsFlat, kind.HasPixels), Is.EqualTo((false, false)));
        Assert.That(kind.Prepare, Throws.Nothing);
        Assert.That(() => kind.CheckNetwork(new InputShape(2, 0, 9), new TrainingOptions()), Throws.Nothing);
    }
}
