using System.CommandLine;
using Ilt.Cli.Pipeline;

namespace Ilt.Cli.Commands;

/// <summary>The options of <c>ilt flag</c> that are about going on after an interruption.</summary>
internal sealed class CheckpointOptionSet
{
    /// <summary>Refuses to begin anew.</summary>
    public const string ResumeName = "--resume";

    private readonly Option<string?> checkpoint = OptionValues.Text("--checkpoint", $"How often to keep the state of the training in DIR/checkpoint, so that it can go on after a kill: {CheckpointPlan.Form} (default: 5m, so only a run that takes longer keeps any)", "EVERY");
    private readonly Option<bool> resume = new(ResumeName) { Description = "Go on with the unfinished run in --out, and fail where there is none. The same command without it goes on too where there is one" };
    private readonly Option<bool> restart = new("--restart") { Description = "Begin anew although --out holds an unfinished run, which is thrown away" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(checkpoint);
        command.Add(resume);
        command.Add(restart);
    }

    /// <summary>Puts them into the options of a run.</summary>
    public FlagOptions Read(ParseResult parse, FlagOptions options)
    {
        var (isResume, isRestart) = (parse.GetValue(resume), parse.GetValue(restart));
        if (isResume && isRestart) throw new UserErrorException("--resume, --restart: one goes on with the unfinished run, the other throws it away; leave one out.");
        return options with
        {
            Checkpoint = parse.GetValue(checkpoint) is { } text ? CheckpointPlan.Parse(text) : CheckpointPlan.Default,
            Resume = isResume,
            Restart = isRestart,
            Arguments = [.. parse.Tokens.Select(token => token.Value).Where(word => word != ResumeName && word != restart.Name)],
        };
    }
}
