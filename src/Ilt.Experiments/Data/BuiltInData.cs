using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>A kind of data that this library makes or reads itself.</summary>
internal abstract class BuiltInData
{
    /// <summary>The value of "generator" in the file.</summary>
    public abstract string Name { get; }

    /// <summary>Its tasks.</summary>
    public abstract IReadOnlyList<TaskOutline> Tasks { get; }

    /// <summary>Whether it lies in a folder.</summary>
    public virtual bool NeedsPath => false;

    /// <summary>Whether its test rows, or other things, depend on the seed of a cell.</summary>
    public virtual bool DependsOnSeed => false;

    /// <summary>Corruptions of the kind "known" that it brings.</summary>
    public virtual IReadOnlyList<KnownColumn> Known => [];

    /// <summary>Options of training that suit it, beneath those of the file.</summary>
    public virtual TrainingOptions Training => new();

    /// <summary>Refuses options that it does not have, or that are out of their range.</summary>
    public void CheckOptions(DataSet set)
    {
        var options = OptionsOf(set);
        Check(options);
        options.End();
    }

    /// <summary>The folders that it reads.</summary>
    public virtual IReadOnlyList<string> Folders(DataSet set, string path) => [path];

    /// <summary>Makes or reads it.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="path">Its folder; null: it has none.</param>
    /// <param name="seed">Seed of the cell, for what has no test part of its own.</param>
    public abstract LoadedData Load(DataSet set, string? path, int seed);

    /// <summary>Asks for all options there are.</summary>
    protected abstract void Check(JsonPlace options);

    /// <summary>The options of a set; an object without any where it has none.</summary>
    protected static JsonPlace OptionsOf(DataSet set) => set.Options ?? JsonPlace.Parse("{}", set.Where);
}
