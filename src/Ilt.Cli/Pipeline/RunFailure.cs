using Ilt.Cli.Images;
using Ilt.Torch;

namespace Ilt.Cli.Pipeline;

/// <summary>Says why a training broke off and how to go on, in the words of the command line.</summary>
internal static class RunFailure
{
    /// <summary>What went wrong, and what to change.</summary>
    public static string Explain(Exception failure, FlagData data) => failure switch
    {
        TrainingDivergedException e => $"training diverged: the loss of task '{e.TaskName}' was no finite number any more in epoch {e.Epoch}; give a smaller --lr, and check the features for huge values",
        UserErrorException e => e.Message.TrimEnd('.'),
        _ when SystemLimits.Explain(failure) is { } limit => limit.TrimEnd('.'),
        _ => OptionWords.Explain(new RowMessages(data).Explain(UserErrorException.OneLine(failure.Message))).TrimEnd('.'),
    };

    /// <summary>How to go on after it.</summary>
    public static string GoOn(Exception failure, FlagOptions options) => failure is TrainingDivergedException
        ? "start again with the other --lr" // what a checkpoint has would only diverge again
        : new UnfinishedRun(options.Out).HasState ? $"when that is mended, ilt resume {options.Out} goes on where it stopped" : "when that is mended, start the command again";
}
