namespace Ilt.Torch;

/// <summary>A training of several ranks ends on all of them, since one of them cannot go on or has something else before it than the first.</summary>
public sealed class RankFailedException : InvalidOperationException
{
    internal RankFailedException(string message) : base(message)
    {
    }
}
