namespace Ilt.Torch;

/// <summary>The loss of predicting a constant, per task: what a task that cannot be learned would show.</summary>
internal static class ReferenceLosses
{
    /// <summary>c_k times the typical loss of the best constant prediction, with the task's loss scale.</summary>
    public static double Compute(TaskDefinition task, TaskLabels labels, TargetScaling? scaling) => task.LossScale * task.ReferenceLoss(labels, scaling);
}
