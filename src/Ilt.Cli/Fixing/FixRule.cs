namespace Ilt.Cli.Fixing;

/// <summary>What is done with a label that is taken for wrong.</summary>
internal enum FixRule
{
    /// <summary>Its row is left out, for all tasks.</summary>
    Drop,

    /// <summary>The suggested label takes its place.</summary>
    Replace,

    /// <summary>It is made a missing label.</summary>
    Blank,
}
