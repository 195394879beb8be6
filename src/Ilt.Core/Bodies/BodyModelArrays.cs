using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>Checks every array of a body model, in the order in which each gives the sizes that the next ones must have.</summary>
internal sealed class BodyModelArrays(IReadOnlyDictionary<string, NpyArray> arrays, string name)
{
    // Converters round weights to half precision at worst.
    private const double WeightTolerance = 0.01;

    private int vertices;
    private int joints;

    public BodyModel Build(int shapeCount)
    {
        var template = Shaped("v_template", [null, 3], "the vertices, (V, 3)");
        vertices = template.Shape[0];
        if (vertices == 0) throw Error("v_template", "has no vertices");
        var parents = Parents();
        joints = parents.Length;
        var shape = Shaped("shapedirs", [vertices, 3, null], $"(V, 3, shape numbers) with V = {vertices} as in v_template");
        if (shape.Shape[2] == 0) throw Error("shapedirs", "has no shape numbers; expected at least 1");
        return new BodyModel(
            name,
            Finite("v_template", template),
            FirstColumns(Finite("shapedirs", shape), shape.Shape[2], Math.Min(shapeCount, shape.Shape[2])),
            PoseDirections(),
            new BodyRegressor(arrays, Error).Read(joints, vertices) ?? Finite("J_regressor", Shaped("J_regressor", [joints, vertices], $"(J, V) = ({joints}, {vertices})")),
            Weights(),
            parents,
            Faces());
    }

    private int[] Parents()
    {
        var table = Shaped("kintree_table", [2, null], "(2, J): parents in row 0, joint numbers in row 1");
        var joints = table.Shape[1];
        if (joints == 0) throw Error("kintree_table", "has no joints");
        var numbers = Signed(table);
        var parents = new int[joints];
        for (var joint = 0; joint < joints; joint++)
        {
            if (numbers[joints + joint] != joint)
                throw Error("kintree_table", FormattableString.Invariant($"has the joint number {numbers[joints + joint]} at position {joint} of row 1; expected 0, 1, 2 and so on"));
            var parent = numbers[joint];
            // The root's parent is -1, written as an unsigned number of whatever width.
            var none = parent < 0 || parent >= joints;
            if (joint == 0 && !none) throw Error("kintree_table", FormattableString.Invariant($"gives joint 0, the root, the parent {parent}; expected none (-1, or its unsigned form)"));
            if (joint > 0 && none) throw Error("kintree_table", FormattableString.Invariant($"gives joint {joint} the parent {parent}; expected a joint, 0 .. {joint - 1}"));
            parents[joint] = none ? -1 : (int)parent;
        }

        for (var joint = 1; joint < joints; joint++)
        {
            if (parents[joint] < joint) continue;
            throw Error("kintree_table", HasCycle(parents, joint)
                ? FormattableString.Invariant($"has a cycle: joint {joint} is its own ancestor")
                : FormattableString.Invariant($"gives joint {joint} the parent {parents[joint]}, which comes after it; parents must come before their children"));
        }

        return parents;
    }

    private static bool HasCycle(int[] parents, int start)
    {
        var at = parents[start];
        for (var steps = 0; steps < parents.Length && at >= 0 && at != start; steps++) at = parents[at];
        return at == start;
    }

    private float[]? PoseDirections()
    {
        if (!arrays.TryGetValue("posedirs", out var array)) return null;
        var features = 9 * (joints - 1);
        if (array.Shape is [var v, 3, var p] && v == vertices && p == features) return Finite("posedirs", array);
        if (array.Shape is not [var rows, var columns] || rows != features || columns != 3 * vertices)
            throw Error("posedirs", $"has the shape {Text(array)}; expected (V, 3, 9 (J - 1)) = ({vertices}, 3, {features}), or ({features}, {3 * vertices})");
        var values = Finite("posedirs", array);
        var result = new float[values.Length];
        for (var feature = 0; feature < features; feature++)
            for (var coordinate = 0; coordinate < columns; coordinate++)
                result[(coordinate * features) + feature] = values[(feature * columns) + coordinate];
        return result;
    }

    private float[] Weights()
    {
        var weights = Finite("weights", Shaped("weights", [vertices, joints], $"(V, J) = ({vertices}, {joints})"));
        for (var vertex = 0; vertex < vertices; vertex++)
        {
            var sum = 0.0;
            foreach (var weight in weights.AsSpan(vertex * joints, joints))
                sum += weight >= -WeightTolerance ? weight : throw Error("weights", FormattableString.Invariant($"has the weight {weight} for vertex {vertex}; expected none below 0"));
            if (Math.Abs(sum - 1) > WeightTolerance)
                throw Error("weights", FormattableString.Invariant($"sums to {sum:0.####} for vertex {vertex}; expected 1"));
        }

        return weights;
    }

    private int[] Faces()
    {
        var key = arrays.ContainsKey("f") || !arrays.ContainsKey("faces") ? "f" : "faces";
        var numbers = Signed(Shaped(key, [null, 3], "the triangles, (F, 3)"));
        return Array.ConvertAll(numbers, vertex => vertex >= 0 && vertex < vertices
            ? (int)vertex
            : throw Error(key, FormattableString.Invariant($"names the vertex {vertex}; expected 0 .. {vertices - 1}")));
    }

    private NpyArray Shaped(string key, int?[] lengths, string expected)
    {
        if (!arrays.TryGetValue(key, out var array))
            throw new ImageFormatException(name, $"there is no array '{key}', which a body model in the layout of SMPL has; found {(arrays.Count > 0 ? string.Join(", ", arrays.Keys) : "none of its arrays")}.");
        var fits = array.Shape.Count == lengths.Length;
        for (var d = 0; fits && d < lengths.Length; d++) fits = lengths[d] is not { } length || array.Shape[d] == length;
        return fits ? array : throw Error(key, $"has the shape {Text(array)}; expected {expected}");
    }

    private float[] Finite(string key, NpyArray array)
    {
        var values = array.ToSingles();
        var bad = Array.FindIndex(values, value => !float.IsFinite(value));
        return bad < 0 ? values : throw Error(key, FormattableString.Invariant($"holds {values[bad]} at position {bad} (in C order); expected finite numbers"));
    }

    // 18446744073709551615 is how 64-bit files write -1.
    private static long[] Signed(NpyArray array) =>
        array.Values.GetType() == typeof(ulong[]) ? Array.ConvertAll((ulong[])array.Values, value => unchecked((long)value)) : array.ToIntegers();

    private static float[] FirstColumns(float[] values, int columns, int wanted)
    {
        if (columns == wanted) return values;
        var result = new float[values.Length / columns * wanted];
        for (var row = 0; row < values.Length / columns; row++) values.AsSpan(row * columns, wanted).CopyTo(result.AsSpan(row * wanted));
        return result;
    }

    private static string Text(NpyArray array) => $"({string.Join(", ", array.Shape)})";

    private ImageFormatException Error(string key, string problem) => new(name, $"the array '{key}' {problem}.");
}
