namespace Ilt.Examples.Tests;

/// <summary>Runs examples.</summary>
internal static class Example
{
    /// <summary>What an example prints, line by line.</summary>
    public static List<string> Output(Action example)
    {
        var before = Console.Out;
        using var writer = new StringWriter();
        Console.SetOut(writer);
        try
        {
            example();
        }
        finally
        {
            Console.SetOut(before);
        }
        return [.. writer.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
