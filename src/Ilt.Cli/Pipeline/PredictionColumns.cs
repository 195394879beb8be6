using Ilt.Cli.Images;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>
/// The prediction columns of one task as texts. A class task: the class, then the probability of every class. A regression: one number, or
/// one per component. A mask or map: the file that it is written to.
/// </summary>
internal abstract class PredictionColumns
{
    private PredictionColumns(IReadOnlyList<string> header) => Header = header;

    /// <summary>The headings: the task's name, or the task's name, a point and the class or component.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The output columns it reads.</summary>
    public IReadOnlyList<DataViewSchema.Column> Sources { get; private init; } = [];

    /// <summary>Finds a task's columns in the output of a model.</summary>
    public static PredictionColumns Create(DataViewSchema schema, string task, PixelFiles? files = null) =>
        TaskSyntaxes.All.Select(syntax => syntax.Predictions(schema, task, files)).OfType<PredictionColumns>().First();

    /// <summary>A class, then the probability of every class, or that of true.</summary>
    public static PredictionColumns OfClasses(DataViewSchema schema, string task, DataViewSchema.Column predicted) => predicted.Type is BooleanDataViewType
        ? new Binary(task, predicted, schema[task + ".Probability"])
        : new Classes(task, predicted, schema[task + ".Score"], SlotNames(schema[task + ".Score"], task));

    /// <summary>One number, or one per component.</summary>
    public static PredictionColumns OfNumbers(string task, DataViewSchema.Column score) =>
        score.Type is VectorDataViewType ? new Vector(task, score, SlotNames(score, task)) : new Number(task, score);

    /// <summary>The file that pixels are written to: <paramref name="write"/> gets row and pixels, and gives its path.</summary>
    public static PredictionColumns OfPixels<T>(string task, DataViewSchema.Column source, Func<int, T[], string> write) => new Pixels<T>(task, source, write);

    /// <summary>A function that reads the current row's texts.</summary>
    public abstract Func<IEnumerable<string>> CreateReader(DataViewRow row);

    private static string[] SlotNames(DataViewSchema.Column column, string task)
    {
        var size = ((VectorDataViewType)column.Type).Size;
        if (!column.HasSlotNames())
            return Enumerable.Range(1, size).Select(i => FormattableString.Invariant($"{i}")).ToArray();
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        var prefix = TaskSpec.LabelPrefix + task + ".";
        return names.DenseValues().Select(n => n.ToString()).Select(n => n.StartsWith(prefix, StringComparison.Ordinal) ? n[prefix.Length..] : n).ToArray();
    }

    private sealed class Classes : PredictionColumns
    {
        private readonly DataViewSchema.Column predicted;
        private readonly DataViewSchema.Column score;
        private readonly string[] names;

        public Classes(string task, DataViewSchema.Column predicted, DataViewSchema.Column score, string[] names)
            : base([task, .. names.Select(n => $"{task}.{n}")])
        {
            this.predicted = predicted;
            this.score = score;
            this.names = names;
            Sources = [predicted, score];
        }

        public override Func<IEnumerable<string>> CreateReader(DataViewRow row)
        {
            var predicted = row.GetGetter<uint>(this.predicted);
            var score = row.GetGetter<VBuffer<float>>(this.score);
            uint key = 0;
            VBuffer<float> probabilities = default;
            return () =>
            {
                predicted(ref key);
                score(ref probabilities);
                return [key == 0 ? "" : names[key - 1], .. probabilities.DenseValues().Select(Numbers.Format)];
            };
        }
    }

    private sealed class Binary : PredictionColumns
    {
        private readonly DataViewSchema.Column predicted;
        private readonly DataViewSchema.Column probability;

        public Binary(string task, DataViewSchema.Column predicted, DataViewSchema.Column probability)
            : base([task, $"{task}.true"])
        {
            this.predicted = predicted;
            this.probability = probability;
            Sources = [predicted, probability];
        }

        public override Func<IEnumerable<string>> CreateReader(DataViewRow row)
        {
            var predicted = row.GetGetter<bool>(this.predicted);
            var probability = row.GetGetter<float>(this.probability);
            var (label, p) = (false, 0f);
            return () =>
            {
                predicted(ref label);
                probability(ref p);
                return [label ? "true" : "false", Numbers.Format(p)];
            };
        }
    }

    private sealed class Number : PredictionColumns
    {
        private readonly DataViewSchema.Column score;

        public Number(string task, DataViewSchema.Column score)
            : base([task])
        {
            this.score = score;
            Sources = [score];
        }

        public override Func<IEnumerable<string>> CreateReader(DataViewRow row)
        {
            var score = row.GetGetter<float>(this.score);
            var value = 0f;
            return () =>
            {
                score(ref value);
                return [Numbers.Format(value)];
            };
        }
    }

    private sealed class Vector : PredictionColumns
    {
        private readonly DataViewSchema.Column score;

        public Vector(string task, DataViewSchema.Column score, string[] names)
            : base(names.Select(n => $"{task}.{n}").ToArray())
        {
            this.score = score;
            Sources = [score];
        }

        public override Func<IEnumerable<string>> CreateReader(DataViewRow row)
        {
            var score = row.GetGetter<VBuffer<float>>(this.score);
            VBuffer<float> values = default;
            return () =>
            {
                score(ref values);
                return values.DenseValues().Select(Numbers.Format);
            };
        }
    }

    private sealed class Pixels<T> : PredictionColumns
    {
        private readonly DataViewSchema.Column source;
        private readonly Func<int, T[], string> write;

        public Pixels(string task, DataViewSchema.Column source, Func<int, T[], string> write)
            : base([task])
        {
            this.source = source;
            this.write = write;
            Sources = [source];
        }

        public override Func<IEnumerable<string>> CreateReader(DataViewRow row)
        {
            var get = row.GetGetter<VBuffer<T>>(source);
            VBuffer<T> pixels = default;
            return () =>
            {
                get(ref pixels);
                return [write((int)row.Position, [.. pixels.DenseValues()])];
            };
        }
    }
}
