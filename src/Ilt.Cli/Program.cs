using System.Runtime.InteropServices;
using System.Text;
using Ilt.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    // The first Ctrl-C asks for what was learned so far; a second one ends the program at once.
    e.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};
// A scheduler's way to say Ctrl-C: the state is kept, what was learned so far is written, and the shell hears of the signal.
var terminated = false;
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = terminated = true;
    cancellation.Cancel();
});
var code = CliApplication.Run(args, Console.Out, Console.Error, interactive: !Console.IsOutputRedirected, cancellation.Token);
return terminated && code == ExitCodes.Cancelled ? ExitCodes.Terminated : code;
