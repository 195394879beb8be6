using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>A closed ball of radius 0.5 with the joints of SMPL: each ring of its vertices moves with one of the joints.</summary>
internal static class BallBody
{
    private const int Rings = 24;
    private const int Steps = 16;

    public static BodyModel Model(bool insideOut = false)
    {
        var vertices = new List<float> { 0, 0.5f, 0 };
        for (var ring = 1; ring < Rings; ring++)
        {
            var (y, r) = (0.5 * Math.Cos(Math.PI * ring / Rings), 0.5 * Math.Sin(Math.PI * ring / Rings));
            for (var step = 0; step < Steps; step++)
            {
                // Bent a little, so that no two triangles are alike.
                var angle = 2 * Math.PI * (step + (0.3 * Math.Sin(ring))) / Steps;
                vertices.AddRange([(float)(r * Math.Sin(angle)), (float)y, (float)(r * Math.Cos(angle))]);
            }
        }

        vertices.AddRange([0, -0.5f, 0]);
        var count = vertices.Count / 3;
        var faces = new List<int>();
        int At(int ring, int step) => ring == 0 ? 0 : ring == Rings ? count - 1 : 1 + ((ring - 1) * Steps) + (step % Steps);
        for (var ring = 0; ring < Rings; ring++)
        {
            for (var step = 0; step < Steps; step++)
            {
                if (ring > 0) faces.AddRange([At(ring, step), At(ring + 1, step), At(ring, step + 1)]);
                if (ring < Rings - 1) faces.AddRange([At(ring, step + 1), At(ring + 1, step), At(ring + 1, step + 1)]);
            }
        }

        if (insideOut) for (var f = 0; f < faces.Count; f += 3) (faces[f], faces[f + 1]) = (faces[f + 1], faces[f]);
        var weights = new float[count * 24];
        var regressor = new float[24 * count];
        for (var v = 0; v < count; v++) weights[(v * 24) + ((v + Steps - 1) / Steps % 24)] = 1;
        for (var joint = 0; joint < 24; joint++) regressor[(joint * count) + At(joint, 3)] = 1;
        var random = new Random(2);
        return BodyModel.FromArrays(new Dictionary<string, NpyArray>
        {
            ["v_template"] = NpyArray.Create<float>([.. vertices], count, 3),
            ["shapedirs"] = NpyArray.Create([.. Enumerable.Range(0, count * 30).Select(_ => (float)(0.01 * random.NextDouble()))], count, 3, 10),
            ["J_regressor"] = NpyArray.Create(regressor, 24, count),
            ["weights"] = NpyArray.Create(weights, count, 24),
            ["kintree_table"] = NpyArray.Create([-1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21, .. Enumerable.Range(0, 24)], 2, 24),
            ["faces"] = NpyArray.Create<int>([.. faces], faces.Count / 3, 3),
        }, "ball");
    }
}
