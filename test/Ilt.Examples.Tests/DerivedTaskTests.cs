using Ilt.MLNet;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Examples.Tests;

/// <summary>The documentation's example of a task that is computed from two others.</summary>
public class DerivedTaskTests
{
    [Test]
    public void Fit_DerivedTask_ScoresEveryRowAndIsLoadedAgain()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(id =>
        {
            var (a, b) = ((float)random.NextDouble(), (float)random.NextDouble());
            return new Rectangle { Id = id, Features = [a, b], Width = 1 + a, Height = 2 + b };
        }).ToArray());
        var file = Path.GetTempFileName();

        // <readme>
        var product = TaskDerivation.FromFunction("product", sizes => 1, values => values[0] * values[1]);
        var trainer = ml.MultiTask.Train(
            [TaskColumn.Regression("Width"), TaskColumn.Regression("Height"), TaskColumn.Derived("Area", product, "Width", "Height")],
            idColumnName: "Id");
        var model = trainer.Fit(data); // columns Area.Score, Area.NoiseScore, Area.LogVariance beside those of width and height

        ml.Model.Save(model, data.Schema, file);
        var loaded = ml.MultiTask.LoadModel(file, out _, derivations: [product]); // a file holds no code
        // </readme>

        try
        {
            var (before, after) = (Rows(model), Rows(loaded));
            Assert.That(before.All(row => Math.Abs(row.Area[0] - (row.WidthScore * row.HeightScore)) < 0.01 * row.Area[0]));
            Assert.That(before.Select(row => row.NoiseScore), Has.None.NaN);
            Assert.That(after.Select(row => row.Area[0]), Is.EqualTo(before.Select(row => row.Area[0])));
        }
        finally
        {
            File.Delete(file);
        }

        Scored[] Rows(ITransformer by) => [.. ml.Data.CreateEnumerable<Scored>(by.Transform(data), reuseRowObject: false)];
    }

    private sealed class Rectangle
    {
        public int Id { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Width { get; set; }

        public float Height { get; set; }
    }

    private sealed class Scored
    {
        [ColumnName("Width.Score")]
        public float WidthScore { get; set; }

        [ColumnName("Height.Score")]
        public float HeightScore { get; set; }

        [ColumnName("Area.Score")]
        public float[] Area { get; set; } = [];

        [ColumnName("Area.NoiseScore")]
        public float NoiseScore { get; set; }
    }
}
