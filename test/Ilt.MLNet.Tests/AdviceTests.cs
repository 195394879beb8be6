using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Whoever does literally what the trainer says about a column of the wrong type gets a column that it takes.</summary>
public sealed class AdviceTests
{
    private const int MostSteps = 4;

    private static readonly MLContext Ml = new(1);

    private static readonly (string Name, Func<SceneFiles, ColumnRole, IDataView> Load)[] Columns =
    [
        ("String", (files, role) => AdviceCase.Load(files, i => $"{Value(i, role)}")),
        ("Boolean", (files, _) => AdviceCase.Load(files, i => i % 2 == 0)),
        ("Single", (files, role) => AdviceCase.Load(files, i => (float)Value(i, role))),
        ("Double", (files, role) => AdviceCase.Load(files, i => (double)Value(i, role))),
        ("Int32", (files, role) => AdviceCase.Load(files, i => Value(i, role))),
        ("UInt16", (files, role) => AdviceCase.Load(files, i => (ushort)Value(i, role))),
        ("DateTime", (files, role) => AdviceCase.Load(files, i => DateTime.UnixEpoch.AddDays(1000 * Value(i, role)))),
        ("TimeSpan", (files, role) => AdviceCase.Load(files, i => TimeSpan.FromDays(Value(i, role)))),
        ("RowId", (files, role) => AdviceCase.Load(files, i => new DataViewRowId((ulong)Value(i, role), 0))),
        ("Key", (files, role) => Keys(files, role)),
        ("KeyOfString", (files, role) => Mapped(AdviceCase.Load(files, i => $"{Value(i, role)}"))),
        ("KeyOfSingle", (files, role) => Mapped(AdviceCase.Load(files, i => (float)Value(i, role)))),
        ("VectorOfSingle", (files, _) => Vector(files, NumberDataViewType.Single, 4, i => i)),
        ("VectorOfDouble", (files, _) => Vector(files, NumberDataViewType.Double, 4, i => (double)i)),
        ("VectorOfInt32", (files, _) => Vector(files, NumberDataViewType.Int32, 4, i => (int)i)),
        ("VectorOfByte", (files, _) => Vector(files, NumberDataViewType.Byte, 4, i => (byte)i)),
        ("VectorOfBoolean", (files, _) => Vector(files, BooleanDataViewType.Instance, 4, i => (int)i % 2 == 0)),
        ("VectorOfString", (files, _) => Vector(files, TextDataViewType.Instance, 4, i => $"{i}")),
        ("VectorOfKeyOfString", (files, _) => Mapped(Vector(files, TextDataViewType.Instance, 4, i => $"{i}"))),
        ("VectorOfKey", (files, _) => Vector(files, new KeyDataViewType(typeof(uint), 9), 4, i => (uint)i % 9)),
        ("VectorOfSingleWithoutSize", (files, _) => Vector(files, NumberDataViewType.Single, 0, i => i)),
        ("VectorOfInt32WithoutSize", (files, _) => Vector(files, NumberDataViewType.Int32, 0, i => (int)i)),
        ("VectorOfByteWithoutSize", (files, _) => Vector(files, NumberDataViewType.Byte, 0, i => (byte)i)),
        ("VectorOfStringWithoutSize", (files, _) => Vector(files, TextDataViewType.Instance, 0, i => $"{i}")),
        ("PlanesOfDouble", (files, _) => AdviceCase.Load(files, i => Array.ConvertAll(AdviceCase.Planes(3, i), v => (double)v), new VectorDataViewType(NumberDataViewType.Double, 3, SceneFiles.Side, SceneFiles.Side))),
        ("MaskOfInt32", (files, _) => AdviceCase.Load(files, i => Array.ConvertAll(AdviceCase.Planes(1, i), v => (int)v), new VectorDataViewType(NumberDataViewType.Int32, SceneFiles.Side, SceneFiles.Side))),
        ("Image", (files, _) => Images(files)),
    ];

    private static SceneFiles files = null!;

    [OneTimeSetUp]
    public void MakeScenes() => files = new SceneFiles(8);

    [OneTimeTearDown]
    public void RemoveScenes() => files.Dispose();

    private static IEnumerable<TestCaseData> Cases => Columns.SelectMany(column => Enum.GetValues<ColumnRole>().Select(role => new TestCaseData(column.Name, role)));

    [TestCaseSource(nameof(Cases))]
    public void Fit_AfterTheAdvisedStep_AcceptsTheColumn(string column, object role)
    {
        var start = AdviceCase.Create(files, Columns.Single(c => c.Name == column).Load(files, (ColumnRole)role), (ColumnRole)role);
        Follow(start, []);
    }

    [Test]
    public void Objections_OfAllTypes_AreManyEnoughToTest()
    {
        var refused = Columns.SelectMany(column => Enum.GetValues<ColumnRole>().Select(role => AdviceCase.Create(files, column.Load(files, role), role)))
            .Count(start => Throws(() => Ml.MultiTask.Train(start.Options).GetOutputSchema(SchemaShapes.Of(start.Data.Schema))));
        Assert.That(refused, Is.GreaterThan(120));

        static bool Throws(Action action)
        {
            try
            {
                action();
                return false;
            }
            catch (ArgumentOutOfRangeException)
            {
                return true;
            }
        }
    }

    // Every alternative of every message, to its end.
    private static void Follow(AdviceCase now, string[] path)
    {
        if (now.Objection() is not { } message) return;
        Assert.That(path, Has.Length.LessThan(MostSteps), $"still refused after {string.Join(" | ", path)}: {message}");
        var steps = now.Follow(message);
        Assert.That(steps, Is.Not.Empty, $"no advice that could be followed, after {string.Join(" | ", path)}: {message}");
        foreach (var (words, after) in steps) Follow(after, [.. path, words]);
    }

    // Unique for ids; classes come more than once.
    private static int Value(int row, ColumnRole role) => role == ColumnRole.Class ? row % 3 : row;

    private static IDataView Keys(SceneFiles files, ColumnRole role) => AdviceCase.Load(files, i => (uint)Value(i, role), new KeyDataViewType(typeof(uint), 20));

    private static IDataView Vector<T>(SceneFiles files, PrimitiveDataViewType item, int size, Func<float, T> value)
        => AdviceCase.Load(files, i => Enumerable.Range(i, 4).Select(v => value(v)).ToArray(), new VectorDataViewType(item, size));

    private static IDataView Images(SceneFiles files)
    {
        var data = AdviceCase.Load(files, i => i);
        return Ml.Transforms.LoadImages("C", files.Path, "ImagePath").Fit(data).Transform(data);
    }

    private static IDataView Mapped(IDataView data) => Ml.Transforms.Conversion.MapValueToKey("C").Fit(data).Transform(data);
}
