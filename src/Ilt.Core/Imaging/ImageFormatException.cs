namespace Ilt.Imaging;

/// <summary>A file is not what it should be: broken, of another format, or with contents that cannot be a label. The message names the file.</summary>
public sealed class ImageFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="filePath">The file, or the name given with a stream.</param>
    /// <param name="problem">What is wrong with it and what to do, as a sentence that follows "FILE: ".</param>
    /// <param name="innerException">The cause, if any.</param>
    public ImageFormatException(string filePath, string problem, Exception? innerException = null)
        : base($"{filePath}: {problem}", innerException) => FilePath = filePath;

    /// <summary>The file, or the name given with a stream.</summary>
    public string FilePath { get; }
}
