using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Reads the data sets that lie in the user's files: tables, and listings of images. Whoever runs an experiment brings it.</summary>
public interface IExperimentData
{
    /// <summary>The files that a data set consists of, for the check that they are still the same.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="path">Its file.</param>
    IReadOnlyList<string> Files(DataSet set, string path);

    /// <summary>Reads a data set and sets test rows aside.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="path">Its file.</param>
    /// <param name="seed">Decides which rows are for tests.</param>
    /// <exception cref="ExperimentException">It cannot be read, or does not fit what the experiment says of it.</exception>
    LoadedData Read(DataSet set, string path, int seed);
}

/// <summary>A data set in memory.</summary>
/// <param name="Tasks">The tasks, in the order of the experiment's file.</param>
/// <param name="Train">Rows to train on, with right labels.</param>
/// <param name="Test">Rows to measure on.</param>
public sealed record LoadedData(IReadOnlyList<TaskDefinition> Tasks, TrainingData Train, TrainingData Test)
{
    /// <summary>Labels with real mistakes, by name.</summary>
    public IReadOnlyDictionary<string, KnownLabels> Known { get; init; } = new Dictionary<string, KnownLabels>();
}

/// <summary>Labels of the training rows with mistakes that are known.</summary>
/// <param name="Task">The task, from 0.</param>
/// <param name="Labels">The labels to train on.</param>
/// <param name="Wrong">Per row, whether its label is wrong.</param>
public sealed record KnownLabels(int Task, TaskLabels Labels, bool[] Wrong);
