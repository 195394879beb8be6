namespace Ilt.Corruption;

/// <summary>Ways of making class masks wrong on purpose.</summary>
public enum MaskCorruptionKind
{
    /// <summary>The ids of the classes are permuted at random, anew for each image (the paper's noise for segmentation).</summary>
    PermuteClasses,

    /// <summary>The chosen images exchange their masks among each other.</summary>
    Swap,

    /// <summary>The mask is moved against its image; what leaves on one side enters on the other.</summary>
    Shift,

    /// <summary>One connected region is erased: it takes the class found most often along its border.</summary>
    DropRegion,

    /// <summary>One connected region takes the id of another class, drawn at random.</summary>
    RenameRegion,
}
