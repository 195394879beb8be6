namespace Ilt.Parameters;

[TestFixture]
public sealed class InstanceTaskParametersTests
{
    private static readonly InstanceTaskParameterOptions HeavyBall = InstanceTaskParameterOptions.Paper;
    private static readonly InstanceTaskParameterOptions Plain = new();

    [Test]
    public void Indexer_BeforeAnyStep_IsTheInitialValue()
    {
        var parameters = new InstanceTaskParameters(3, 2, Plain with { InitialValue = 0.5 });

        Assert.That(parameters[2, 1], Is.EqualTo(0.5f));
        Assert.That(parameters.Median(0), Is.NaN, "no cell is known to be labelled");
    }

    [Test]
    public void Step_HeavyBall_MatchesHandValues()
    {
        // m = 0.9, step 0.06. Visit 1: buf = 1, s = -0.06. Visit 2: buf = 0.9 + 1 = 1.9, s = -0.06 - 0.114 = -0.174.
        var parameters = new InstanceTaskParameters(1, 1, HeavyBall);
        parameters.Step([0], [1f]);
        Assert.That(parameters[0, 0], Is.EqualTo(-0.06f).Within(1e-7));
        parameters.Step([0], [1f]);
        Assert.That(parameters[0, 0], Is.EqualTo(-0.174f).Within(1e-7));
    }

    [Test]
    public void Step_ZeroGradientWithMomentum_StillMoves()
    {
        // A row whose gradient happens to be zero is present: buf = 0.9 * 1 + 0, s = -0.06 - 0.054.
        var parameters = new InstanceTaskParameters(1, 1, HeavyBall);
        parameters.Step([0], [1f]);
        parameters.Step([0], [0f]);
        Assert.That(parameters[0, 0], Is.EqualTo(-0.114f).Within(1e-7));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Step_RandomBatches_EqualDenseStepsOnTouchedRowsAndChangeNothingElse(bool momentum)
    {
        const int rows = 40, tasks = 3;
        var options = momentum ? HeavyBall : Plain;
        var sparse = new InstanceTaskParameters(rows, tasks, options);
        var dense = new DenseTwin(rows * tasks, options);
        var random = new Random(7);
        for (var step = 0; step < 200; step++)
        {
            int[] batch = [.. Enumerable.Range(0, rows).OrderBy(_ => random.Next()).Take(9)];
            var gradients = Array.ConvertAll(new float[batch.Length * tasks], _ => random.Next(5) == 0 ? float.NaN : (float)((random.NextDouble() * 8) - 5));
            sparse.Step(batch, gradients);
            dense.Step(batch, tasks, gradients);
            for (var cell = 0; cell < rows * tasks; cell++)
                Assert.That(sparse[cell / tasks, cell % tasks], Is.EqualTo(dense.Values[cell]), $"step {step}, cell {cell}"); // bit for bit
        }
    }

    [Test]
    public void Step_NaNGradient_LeavesValueAndMomentumUntouched()
    {
        var visited = new InstanceTaskParameters(1, 1, HeavyBall);
        var skipped = new InstanceTaskParameters(1, 1, HeavyBall);
        visited.Step([0], [1f]);
        skipped.Step([0], [1f]);
        skipped.Step([0], [float.NaN]);
        skipped.Step([0], [float.PositiveInfinity]);
        visited.Step([0], [1f]);
        skipped.Step([0], [1f]);

        Assert.That(skipped[0, 0], Is.EqualTo(visited[0, 0]));
    }

    [Test]
    public void Step_FarGradients_StayInsideTheClamp()
    {
        var parameters = new InstanceTaskParameters(2, 1, Plain with { Minimum = -1, Maximum = 2 });
        parameters.Step([0, 1], [1e6f, -1e6f]);

        Assert.That(parameters[0, 0], Is.EqualTo(-1f));
        Assert.That(parameters[1, 0], Is.EqualTo(2f));
    }

    [Test]
    public void Step_PermutedBatch_GivesTheSameParameters()
    {
        var one = new InstanceTaskParameters(5, 2, HeavyBall);
        var other = new InstanceTaskParameters(5, 2, HeavyBall);
        one.Step([4, 0, 2], [1f, 2f, 3f, 4f, 5f, 6f]);
        other.Step([2, 4, 0], [5f, 6f, 1f, 2f, 3f, 4f]);

        for (var task = 0; task < 2; task++)
            Assert.That(Column(one, task), Is.EqualTo(Column(other, task)));
    }

    [TestCase(-1)]
    [TestCase(3)]
    public void Step_RowOutOfRange_IsRefused(int row)
    {
        var parameters = new InstanceTaskParameters(3, 1, Plain);
        Assert.That(() => parameters.Step([row], [0f]), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("0 to 2"));
    }

    [Test]
    public void Step_WrongNumberOfGradients_IsRefused()
    {
        var parameters = new InstanceTaskParameters(3, 2, Plain);
        Assert.That(() => parameters.Step([0, 1], [0f, 0f, 0f]), Throws.ArgumentException.With.Message.StartsWith("Expected 2 rows x 2 tasks = 4 gradients; found 3."));
    }

    [Test]
    public void Bytes_PerCell_AreFourAndEightWithMomentum()
    {
        const int rows = 1_000, tasks = 4, slack = 64;
        Assert.That(new InstanceTaskParameters(rows, tasks, Plain).Bytes, Is.EqualTo(4 * rows * tasks).Within(slack));
        Assert.That(new InstanceTaskParameters(rows, tasks, HeavyBall).Bytes, Is.EqualTo(8 * rows * tasks).Within(slack));
        Assert.That(new LossStatistics(rows, tasks).Bytes, Is.EqualTo(20 * rows * tasks).Within(slack));
    }

    [Test]
    public void Median_OfLabelledCells_IgnoresTheOthers()
    {
        // Task 1 is labelled in rows 0, 1 and 3 only: s = -0.4, -0.8, 0.4.
        var parameters = new InstanceTaskParameters(4, 2, Plain);
        parameters.Step([0, 1, 2, 3], [0f, 1f, 0f, 2f, 0f, float.NaN, 0f, -1f]);

        Assert.That(parameters.SteppedValues(1), Has.Length.EqualTo(3));
        Assert.That(parameters.Median(1), Is.EqualTo(-0.4).Within(1e-7));
    }

    [Test]
    public void CopyTo_ShortDestination_IsRefused() =>
        Assert.That(() => new InstanceTaskParameters(4, 1, Plain).CopyTo(0, new float[3]), Throws.ArgumentException);

    private static float[] Column(InstanceTaskParameters parameters, int task)
    {
        var column = new float[parameters.Rows];
        parameters.CopyTo(task, column);
        return column;
    }

    /// <summary>The slow, obvious twin: every cell has a flag saying whether the batch has a gradient for it.</summary>
    private sealed class DenseTwin(int cells, InstanceTaskParameterOptions options)
    {
        private readonly float[] momenta = new float[cells];

        public float[] Values { get; } = Array.ConvertAll(new float[cells], _ => (float)options.InitialValue);

        public void Step(int[] batch, int tasks, float[] sparse)
        {
            var gradients = new float?[Values.Length];
            for (var at = 0; at < sparse.Length; at++)
                gradients[(batch[at / tasks] * tasks) + (at % tasks)] = float.IsNaN(sparse[at]) ? null : sparse[at];
            for (var cell = 0; cell < Values.Length; cell++)
                if (gradients[cell] is { } gradient)
                {
                    momenta[cell] = ((float)options.Momentum * momenta[cell]) + gradient;
                    Values[cell] = Math.Clamp(Values[cell] - ((float)options.StepSize * momenta[cell]), (float)(options.Minimum ?? -4), (float)options.Maximum);
                }
        }
    }
}
