using Ilt.Torch;

namespace Ilt.Experiments.Tests;

/// <summary>Experiments on the made-up table, and on no files at all.</summary>
internal static class SmallExperiment
{
    public static string Text(string weightings = "[\"ilt\", \"equal\"]", string detectors = "[]", string rest = "") => $$"""
        {
          // two tasks, each corrupted in turn
          "title": "small",
          "data": [{ "generator": "made-table", "rows": 80 }],
          "corruptions": ["clean", { "kind": "flip", "levels": [0.2, 0.4] }, { "name": "noise", "kind": "uniform", "levels": [0.2] }],
          "weightings": {{weightings}},
          "detectors": {{detectors}},
          "training": { "epochs": 2 },
          "seeds": [1, 2],
          {{rest}}
        }
        """;

    public static ExperimentFile Parse(string text, ExperimentSize size = ExperimentSize.Usual) => ExperimentFile.Parse(text, "e.json", Path.GetTempPath(), size);

    public static IReadOnlyList<Cell> Cells(string text, string fingerprint = "f", string version = "v") => ExperimentGrid.Cells(Parse(text), _ => fingerprint, [version]);

    /// <summary>No files.</summary>
    public sealed class NoFiles : IExperimentData
    {
        public IReadOnlyList<string> Files(DataSet set, string path) => [path];

        public LoadedData Read(DataSet set, string path, int seed) => throw new ExperimentException("no tables here");
    }

    public static CellRunner Runner(ExperimentFile file) => new(file, new DataAccess(file, null, new NoFiles()));
}
