using System.Runtime.InteropServices;
using System.Text;
using Ilt.Cli;
using Ilt.Cli.Output;
using Ilt.Mpi;

// First of all, and without much of the program, of which not even the messages can be loaded then.
if (args.Length > 0 && !args.Contains("--help") && SystemLimits.FewFiles() is { } few)
{
    Console.Error.WriteLine($"ilt: {few}");
    return ExitCodes.Failed;
}

MpiLaunch launch;
try
{
    launch = MpiLaunch.Find();
}
catch (PlatformNotSupportedException e)
{
    if (MpiLaunch.IsFirst)
        Console.Error.WriteLine($"ilt: {e.Message}");
    return ExitCodes.Failed;
}

// mpirun hands its processes a terminal, and passes on to a file what would steer one.
if (launch.IsSeveral)
    Environment.SetEnvironmentVariable("TERM", "dumb");
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var output = new SurvivingWriter(Console.Out);
Console.SetOut(output);
Console.SetError(new SurvivingWriter(Console.Error));
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    // The first Ctrl-C asks for what was learned so far; a second one ends the program at once.
    e.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};
// A scheduler's way to say Ctrl-C, and that of a terminal that is closed: the state is kept, what was learned so far is written, and the shell hears of the
// signal. Under nohup, which ignores SIGHUP, .NET leaves it ignored.
var signalled = ExitCodes.Cancelled;
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCodes.Terminated));
using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, ExitCodes.HungUp));
var code = CliApplication.Run(args, Console.Out, Console.Error, interactive: !Console.IsOutputRedirected, cancellation.Token, launch);
Console.Out.Flush();
if (code == ExitCodes.Done && output.Problem is { } problem)
{
    Console.Error.WriteLine($"ilt: standard output could not be written ({problem.TrimEnd('.')}); the work itself is done, and its files are written.");
    return ExitCodes.Failed;
}

return code == ExitCodes.Cancelled ? signalled : code;

void Stop(PosixSignalContext signal, int answer)
{
    signal.Cancel = true;
    if (!cancellation.IsCancellationRequested) signalled = answer;
    cancellation.Cancel();
}
