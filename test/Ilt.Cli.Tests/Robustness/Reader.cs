namespace Ilt.Cli.Tests.Robustness;

/// <summary>A reader of files and what it promises.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Seeds">Good files.</param>
/// <param name="Read">Reads a file of this content.</param>
/// <param name="IsDocumented">Whether it may throw this.</param>
internal sealed record Reader(string Name, byte[][] Seeds, Action<byte[]> Read, Func<Exception, bool> IsDocumented)
{
    /// <summary>Makes a file that was changed acceptable again, at half of the inputs; null: nothing is needed.</summary>
    public Func<byte[], byte[]>? Repair { get; init; }

    /// <summary>Whether half of the inputs change what is packed in a zip file, not the file.</summary>
    public bool IsZip { get; init; }

    /// <summary>Bytes that may be allocated for one input, those of long life and garbage together.</summary>
    public long MostBytes { get; init; } = 64L << 20;

    /// <summary>Of a hundred inputs, how many this reader gets.</summary>
    public int Share { get; init; } = 10;
}
