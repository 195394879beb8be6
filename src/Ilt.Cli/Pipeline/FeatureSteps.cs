using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace Ilt.Cli.Pipeline;

/// <summary>The ML.NET steps that turn feature columns into one vector.</summary>
internal static class FeatureSteps
{
    // The prefix keeps the names apart from the user's: a table may have a column "Features", and name its rows by it.

    /// <summary>The vector column that the trainer reads.</summary>
    public const string FeaturesColumn = "ilt.features";

    private const string NumbersColumn = "ilt.numbers";
    private const string MissingColumn = "ilt.missing";
    private const string TextPrefix = "ilt.text.";

    /// <summary>A text about features with the names of the user's columns in place of those of the vectors in which they are gathered.</summary>
    public static string Plain(string text) => text
        .Replace(NumbersColumn + ".", "", StringComparison.Ordinal).Replace(TextPrefix, "", StringComparison.Ordinal).Replace(MissingColumn + ".", "missing ", StringComparison.Ordinal);

    /// <summary>
    /// Numbers are gathered in one vector, so that a wide table needs no step per column: mean in place of missing values, zero mean and
    /// unit variance; indicators for the columns that miss values; one-hot vectors for texts.
    /// </summary>
    public static IReadOnlyList<IEstimator<ITransformer>> Create(MLContext ml, FeaturePlan plan)
    {
        var steps = new List<IEstimator<ITransformer>>();
        var parts = new List<string>();
        if (plan.WithMissing.Count > 0)
        {
            steps.Add(ml.Transforms.Concatenate(MissingColumn, [.. plan.WithMissing]));
            steps.Add(ml.Transforms.IndicateMissingValues(MissingColumn));
            steps.Add(ml.Transforms.Conversion.ConvertType(MissingColumn));
        }

        if (plan.Numbers.Count > 0)
        {
            steps.Add(ml.Transforms.Concatenate(NumbersColumn, [.. plan.Numbers]));
            // Also without gaps in the training rows: the rows of tomorrow may have some.
            steps.Add(ml.Transforms.ReplaceMissingValues(NumbersColumn, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean));
            steps.Add(ml.Transforms.NormalizeMeanVariance(NumbersColumn, fixZero: false));
            parts.Add(NumbersColumn);
        }

        if (plan.WithMissing.Count > 0)
            parts.Add(MissingColumn);
        if (plan.Texts.Count > 0)
        {
            steps.Add(ml.Transforms.Categorical.OneHotEncoding(plan.Texts.Select(t => new InputOutputColumnPair(TextPrefix + t, t)).ToArray()));
            parts.AddRange(plan.Texts.Select(t => TextPrefix + t));
        }

        steps.Add(ml.Transforms.Concatenate(FeaturesColumn, [.. parts]));
        return steps;
    }
}
