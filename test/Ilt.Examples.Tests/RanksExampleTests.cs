using Ilt.MLNet;
using Ilt.Mpi;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Examples.Tests;

/// <summary>The documentation's example of a program that trains in as many processes as mpirun has started; here in one.</summary>
public class RanksExampleTests
{
    [Test]
    public void Fit_WithoutMpirun_IsAPlainTraining()
    {
        var ml = new MLContext(1);
        var random = new Random(1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(_ => new float[] { random.NextSingle(), random.NextSingle() })
            .Select(features => new Row { Features = features, Kind = features[0] > features[1] }).ToArray());

        var folder = Directory.CreateTempSubdirectory("ilt-ranks-").FullName;

        // <readme>
        var launch = MpiLaunch.Find();
        var ranks = launch.IsSeveral ? MpiReplicas.Start(launch) : null;
        var trainer = ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            Tasks = [TaskColumn.Classification("Kind")],
            Training = new TrainingOptions { Seed = 1, Epochs = 3, Replicas = ranks },
        });
        using var model = trainer.Fit(data); // on every rank, of the same rows
        if (launch.Rank == 0) ml.Model.Save(model, data.Schema, Path.Combine(folder, "model.zip"));
        ranks?.End();
        // </readme>

        Assert.That(ranks, Is.Null);
        Assert.That(File.Exists(Path.Combine(folder, "model.zip")));
        Directory.Delete(folder, recursive: true);
        Assert.That(model.IsComplete);
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Kind { get; set; }
    }
}
