using System.Globalization;

namespace Ilt.Experiments;

/// <summary>Names of measures in files and tables.</summary>
internal static class MeasureNames
{
    /// <summary>Share of wrong rows among as many of the first in the ranking as there are wrong rows.</summary>
    public const string Precision = "precision";

    /// <summary>Average precision.</summary>
    public const string AveragePrecision = "ap";

    /// <summary>Area under the ROC curve.</summary>
    public const string RocAuc = "roc-auc";

    /// <summary>The largest F1 of all cuts of the ranking.</summary>
    public const string F1 = "best-f1";

    /// <summary>Of the wrong rows, the share among as large a share of all rows as were made wrong: the paper's measure.</summary>
    public const string FoundAtLevel = "found";

    /// <summary>Share of rows that are right, and were made ambiguous, among as many of the first in the ranking as there are wrong rows: the lower the better.</summary>
    public const string AmbiguousFirst = "ambiguous-first";

    /// <summary>ROC-AUC of another task's score against the corrupted task's truth: 0.5 for one that knows nothing of it.</summary>
    public const string BlindAuc = "blind-auc";

    /// <summary>Distance of <see cref="BlindAuc"/> from 0.5.</summary>
    public const string Blindness = "blindness";

    /// <summary>Share of the rows whose label of the task is wrong.</summary>
    public const string WrongShare = "wrong-share";

    /// <summary>One figure of the test rows, the lower the better, whatever the task.</summary>
    public const string Error = "error";

    /// <summary>Average precision over the pixels of corrupted images.</summary>
    public const string PixelAveragePrecision = "pixel-ap";

    /// <summary>Share of the pixels of corrupted images that are wrong.</summary>
    public const string WrongPixels = "wrong-pixels";

    /// <summary>1 where an audit told a share of wrong labels, 0 where it refused.</summary>
    public const string Told = "told";

    /// <summary>The share of wrong labels that an audit told, in percent.</summary>
    public const string Share = "share";

    /// <summary>How far that is from the truth, in points of a percent.</summary>
    public const string ShareError = "share-error";

    /// <summary>1 where the truth lies within three points of it, 0 elsewhere.</summary>
    public const string WithinThree = "within-3";

    /// <summary>1 where the truth lies in its interval, 0 elsewhere.</summary>
    public const string InInterval = "in-interval";

    /// <summary>Flagged rows, in percent.</summary>
    public const string Flagged = "flagged";

    /// <summary>F1 of the flagged rows over that of the best cut of the ranking.</summary>
    public const string FlaggedF1 = "flagged-f1";

    /// <summary>Expected calibration error of the probabilities that labels are wrong, in ten bins.</summary>
    public const string Calibration = "calibration";

    /// <summary>Of the rows whose class is wrong, the share whose suggested class is the right one.</summary>
    public const string SuggestedRight = "suggested-right";

    /// <summary>Average precision of a ranking by the audit's log odds, beside that by the score.</summary>
    public const string OddsAveragePrecision = "odds-ap";

    /// <summary>Begins the names of figures of the best epoch.</summary>
    public const string Best = "best ";

    private static readonly string[] HigherIsBetterNames = [Precision, AveragePrecision, FoundAtLevel, RocAuc, F1, PixelAveragePrecision, Told, WithinThree, InInterval, FlaggedF1, SuggestedRight, OddsAveragePrecision, "accuracy", "f1", "meanIoU", "rSquared"];

    /// <summary>Of the wrong rows, the share among so many percent of all rows.</summary>
    public static string Found(double percent) => string.Create(CultureInfo.InvariantCulture, $"found@{percent}");

    /// <summary>Whether the higher of two values is the better one.</summary>
    public static bool HigherIsBetter(string measure)
    {
        if (measure.StartsWith(Best, StringComparison.Ordinal)) measure = measure[Best.Length..];
        return measure.StartsWith("found@", StringComparison.Ordinal) || HigherIsBetterNames.Contains(measure);
    }
}
