namespace Ilt.Torch;

/// <summary>Names of metrics; files hold them.</summary>
internal static class MetricNames
{
    public const string Accuracy = "accuracy", F1 = "f1", MeanIoU = "meanIoU", LogLoss = "logLoss";
    public const string MeanAbsoluteError = "meanAbsoluteError", MeanRelativeError = "meanRelativeError", RootMeanSquaredError = "rootMeanSquaredError", RSquared = "rSquared";
    public const string SurfaceError = "surfaceError", JointError = "jointError", AlignedJointError = "alignedJointError";
}
