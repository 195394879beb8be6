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
return CliApplication.Run(args, Console.Out, Console.Error, interactive: !Console.IsOutputRedirected, cancellation.Token);
