using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Ilt.Detectors;

/// <summary>Which of ML.NET's two implementations of boosted trees runs on this machine. Both call native code.</summary>
/// <remarks>
/// LightGBM is some ten times faster on tables of a few thousand rows, and on Linux asks the system for libgomp, which not every machine has.
/// FastTree asks for nothing, and is there for x64 only.
/// </remarks>
internal enum TreeLibrary
{
    /// <summary>Microsoft.ML.LightGbm.</summary>
    LightGbm,

    /// <summary>Microsoft.ML.FastTree.</summary>
    FastTree,

    /// <summary>Neither loads.</summary>
    None,
}

/// <summary>Finds the library.</summary>
internal static class TreeLibraries
{
    private static readonly Lazy<TreeLibrary> Found = new(() =>
        NativeLibrary.TryLoad("lib_lightgbm", typeof(LightGbmRegressionTrainer).Assembly, null, out _) ? TreeLibrary.LightGbm
        : NativeLibrary.TryLoad("FastTreeNative", typeof(FastTreeRegressionTrainer).Assembly, null, out _) ? TreeLibrary.FastTree
        : TreeLibrary.None);

    /// <summary>The library of this machine.</summary>
    public static TreeLibrary Here => Found.Value;

    /// <summary>What a user should know where it is not the fast one; null where it is.</summary>
    /// <param name="library">The library.</param>
    public static string? Note(TreeLibrary library) => library switch
    {
        TreeLibrary.LightGbm => null,
        TreeLibrary.FastTree => "LightGBM does not load here (on Linux it needs libgomp: apt-get install libgomp1), so boosted trees are FastTree's: slower, with slightly other scores",
        _ => "no library of boosted trees loads on this machine, so the linear model is asked alone",
    };
}
