namespace Ilt.MLNet;

/// <summary>The score or detector asked for says nothing of any of the tasks.</summary>
public sealed class DetectorMismatchException : InvalidOperationException
{
    internal DetectorMismatchException(string message)
        : base(message)
    {
    }
}
