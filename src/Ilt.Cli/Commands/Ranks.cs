using System.CommandLine;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Mpi;
using Ilt.Torch;

namespace Ilt.Cli.Commands;

/// <summary>The program under mpirun: the first process does all that a process by itself does, the others the same fits, and nothing else.</summary>
internal static class Ranks
{
    // What makes all ranks fail makes the first one fail, which mpirun answers by ending the others: within this time, so that one of them speaks.
    private static readonly TimeSpan FirstSpeaks = TimeSpan.FromSeconds(3);

    // Mpirun gives a second between its asking and its killing.
    private static readonly TimeSpan BeforeTheEnd = TimeSpan.FromSeconds(0.5);

    private static readonly string[] Commands = ["flag", "audit", "resume"];

    /// <summary>Refuses a command that several processes would do several times.</summary>
    /// <exception cref="UserErrorException">It is one.</exception>
    public static void Check(MpiLaunch launch, Command command)
    {
        if (launch.IsSeveral && command is not RootCommand && !Commands.Contains(command.Name))
            throw new UserErrorException($"mpirun has started {launch.Count} processes, and ilt {command.Name} runs in one; start it without mpirun, or one of {string.Join(", ", Commands)}, which train together.");
    }

    /// <summary>Says on standard error why this process fails.</summary>
    public static int Fail(CliContext context, string why)
    {
        var launch = context.Launch;
        if (launch.Rank > 0)
            Thread.Sleep(FirstSpeaks);
        context.Error.WriteLine(UserErrorException.OneLine(launch.Rank > 0 ? $"ilt, rank {launch.Rank} of {launch.Count}: {why}" : $"ilt: {why}"));
        return ExitCodes.Failed;
    }

    // Mpirun ends all where one has died: the first rank says how to go on, while it still can.
    private static void SayGoodbye(CliContext context, FlagOptions options, MpiReplicas ranks)
    {
        if (ranks is { Rank: 0, IsWaiting: true })
            context.Error.WriteLine($"ilt: mpirun ends the ranks, and this one waits for another, which may have died; {(new UnfinishedRun(options.Out).HasState ? $"ilt resume {options.Out} goes on from the last checkpoint" : "there is no checkpoint yet: start the command again")}.");
    }

    /// <summary>Runs a training in all processes, if there are several.</summary>
    /// <param name="context">Where it runs.</param>
    /// <param name="options">The options.</param>
    /// <param name="lead">What the first process does.</param>
    /// <param name="follow">What the others do.</param>
    /// <exception cref="UserErrorException">An option does not fit several ranks.</exception>
    public static int Run(CliContext context, FlagOptions options, Func<FlagOptions, int> lead, Func<FlagOptions, int> follow)
    {
        if (!context.Launch.IsSeveral)
            return lead(options);
        if (options.Device.Used.IsCuda)
            throw new UserErrorException("--device: ranks under mpirun train on the CPU, since all of a machine would share one GPU; leave --device out, or start one process.");
        var ranks = MpiReplicas.Start(context.Launch);
        options = options with { Replicas = ranks };
        if (options.Detector?.Problem(new TrainingOptions { Weighting = options.Weighting, Replicas = ranks }) is { } problem)
            throw new UserErrorException($"--score {options.Detector.Name}: {problem}; name another score, or start one process.");
        using var end = context.Cancellation.Register(() => Task.Delay(BeforeTheEnd).ContinueWith(_ => SayGoodbye(context, options, ranks), TaskScheduler.Default));
        var code = ranks.Rank == 0 ? lead(options) : follow(options);
        ranks.End(); // not where a rank has failed: mpirun ends the others
        return code;
    }
}
