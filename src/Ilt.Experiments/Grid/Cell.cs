using System.Security.Cryptography;
using System.Text;

namespace Ilt.Experiments;

/// <summary>One fit of the grid: a data set, a corruption at a level, a seed and a method. All scores and measures are read off it.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Corruption">The corruption.</param>
/// <param name="Corrupted">The tasks that it hits; empty: none.</param>
/// <param name="Level">Share of the labels; 0 where there is none.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Method">What is fitted.</param>
public sealed record Cell(DataSet Data, CorruptionPlan Corruption, IReadOnlyList<string> Corrupted, double Level, int Seed, Method Method)
{
    /// <summary>Everything that decides about the result, a line each.</summary>
    public required string Identity { get; init; }

    /// <summary>The name of the result: a hash of <see cref="Identity"/>.</summary>
    public string Key => field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Identity)))[..16];

    /// <summary>The corrupted tasks in one text.</summary>
    public string CorruptedText => string.Join('+', Corrupted);

    /// <summary>The cell in one line, for people.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Data.Name}, {Corruption.Name}{(Corrupted.Count > 0 ? $" of {CorruptedText}" : "")}{(Level > 0 ? $" {Level * 100:0.#} %" : "")}, seed {Seed}, {Method.Name}");
}
