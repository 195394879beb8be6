using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>A seeded body of a few vertices and joints, and arrays of one to be spoilt.</summary>
internal static class TinyBody
{
    public const int Vertices = 7;
    public const int Joints = 4;
    public const int Shapes = 3;

    public static readonly int[] Parents = [-1, 0, 1, 0];

    public static Dictionary<string, NpyArray> Arrays(bool posedirs = true)
    {
        var random = new Random(5);
        float[] Numbers(int count, double scale = 1) => [.. Enumerable.Range(0, count).Select(_ => (float)(scale * ((2 * random.NextDouble()) - 1)))];
        float[] Shares(int rows, int columns)
        {
            var values = new float[rows * columns];
            for (var row = 0; row < rows; row++)
            {
                // A third of the weights is 0, as most are in a real model.
                for (var column = 0; column < columns; column++) values[(row * columns) + column] = (row + column) % 3 == 0 ? 0 : (float)random.NextDouble();
                var sum = values.AsSpan(row * columns, columns).ToArray().Sum();
                for (var column = 0; column < columns; column++) values[(row * columns) + column] /= sum;
            }

            return values;
        }

        var arrays = new Dictionary<string, NpyArray>
        {
            ["v_template"] = NpyArray.Create(Numbers(Vertices * 3), Vertices, 3),
            ["shapedirs"] = NpyArray.Create(Numbers(Vertices * 3 * Shapes, 0.3), Vertices, 3, Shapes),
            ["J_regressor"] = NpyArray.Create(Shares(Joints, Vertices), Joints, Vertices),
            ["weights"] = NpyArray.Create(Shares(Vertices, Joints), Vertices, Joints),
            ["kintree_table"] = NpyArray.Create<long>([4294967295, 0, 1, 0, 0, 1, 2, 3], 2, Joints),
            ["f"] = NpyArray.Create<uint>([0, 1, 2, 3, 4, 6], 2, 3),
        };
        if (posedirs) arrays.Add("posedirs", NpyArray.Create(Numbers(Vertices * 3 * 9 * (Joints - 1), 0.1), Vertices, 3, 9 * (Joints - 1)));
        return arrays;
    }

    public static BodyModel Model(bool posedirs = true) => BodyModel.FromArrays(Arrays(posedirs), "tiny");

    public static float[] Pose(int joints, int seed, double reach = 2)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 3 * joints).Select(_ => (float)(reach * ((2 * random.NextDouble()) - 1)))];
    }
}
