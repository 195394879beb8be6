namespace Ilt.Torch;

/// <summary>One number that says how well a task is predicted.</summary>
/// <param name="Name">What it is, in one word: "accuracy", "meanAbsoluteError".</param>
/// <param name="Value">NaN where nothing could be measured.</param>
/// <param name="Unit">"nats", "mm", <see cref="LabelUnit"/>, or empty for a share or ratio.</param>
/// <param name="HigherIsBetter">Whether the higher of two values is the better one.</param>
public sealed record Metric(string Name, double Value, string Unit, bool HigherIsBetter)
{
    /// <summary>The unit of what is measured in the units of the labels.</summary>
    public const string LabelUnit = "label";

    /// <summary>What a line of text about the task calls it.</summary>
    /// <value>null where such a line leaves it out.</value>
    public string? Caption { get; init; }
}
