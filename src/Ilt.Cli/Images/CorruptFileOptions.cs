using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>What <c>ilt corrupt</c> needs to know of mask and map files.</summary>
/// <param name="Folder">The folder that their paths start from.</param>
/// <param name="Classes">How masks are read.</param>
/// <param name="Maps">How maps are read.</param>
/// <param name="AmongAllClasses">Whether masks are changed among all classes, not only those of the image.</param>
/// <param name="OutFolder">The folder that gets the changed files.</param>
internal sealed record CorruptFileOptions(string Folder, ClassMap Classes, MapEncoding Maps, bool AmongAllClasses, string OutFolder)
{
    /// <summary>What is not to be written over, once the table has been read.</summary>
    public NamedFiles? Inputs { get; init; }
}
