namespace Ilt.Torch;

/// <summary>A task that takes <see cref="NumberLabels"/>.</summary>
internal interface INumberTask
{
    /// <summary>Numbers per label.</summary>
    int Dimensions { get; }

    /// <summary>What is wrong with a number that is finite, and what to do about it; it goes on from "the label". null: nothing.</summary>
    string? Problem(float number) => null;
}
