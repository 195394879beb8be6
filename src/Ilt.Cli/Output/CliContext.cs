using Ilt.Mpi;
using Spectre.Console;

namespace Ilt.Cli.Output;

/// <summary>Where a command writes, and how it is told to stop.</summary>
internal sealed class CliContext
{
    /// <summary>
    /// Creates the context; <paramref name="interactive"/> allows colours and a live display on <paramref name="output"/>. Of several processes under mpirun
    /// the first one writes, and mpirun passes on what it writes: no person watches then.
    /// </summary>
    public CliContext(TextWriter output, TextWriter error, bool interactive, CancellationToken cancellation, MpiLaunch? launch = null)
    {
        Launch = launch ?? MpiLaunch.Alone;
        if (Launch.IsSeveral)
            interactive = false;
        if (Launch.Rank > 0)
            output = TextWriter.Null;
        Out = new CleanWriter(output);
        Error = new CleanWriter(error);
        Interactive = interactive;
        Cancellation = cancellation;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        Console.Pipeline.Attach(new CleanSegments());
        if (!interactive)
            Console.Profile.Width = PlainWidth;
    }

    // Wide enough that tables in a redirected output are not folded.
    private const int PlainWidth = 160;

    /// <summary>Which process of an mpirun this is.</summary>
    public MpiLaunch Launch { get; }

    /// <summary>Standard output. What is written as a line is one line; control characters are shown by their numbers.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error: one line when something went wrong, otherwise nothing.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether a person watches.</summary>
    public bool Interactive { get; }

    /// <summary>Set on Ctrl-C and the signals that mean the same.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Tables and live displays on standard output.</summary>
    public IAnsiConsole Console { get; }
}
