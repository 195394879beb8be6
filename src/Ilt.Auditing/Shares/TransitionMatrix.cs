namespace Ilt.Auditing;

/// <summary>How rows of each right class are labelled: [right class, given class], rows of sum 1.</summary>
internal sealed class TransitionMatrix(double[,] shares)
{
    /// <summary>The share of rows of a right class that are labelled as another, or the same, class.</summary>
    public double this[int right, int given] => shares[right, given];

    /// <summary>Every class is mislabelled equally often, as each of the others alike.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="wrong">Share of wrong labels in each class.</param>
    public static TransitionMatrix Even(int classes, double wrong)
    {
        var even = new double[classes, classes];
        for (var right = 0; right < classes; right++)
            for (var given = 0; given < classes; given++)
                even[right, given] = given == right ? 1 - wrong : wrong / (classes - 1);
        return new TransitionMatrix(even);
    }
}
