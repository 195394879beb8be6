namespace Ilt.Datasets;

/// <summary>
/// Draws sky, road, pavements and the fronts on both sides. A pixel's ray has the slopes u = X / z and v = -(height - camera) / z; it
/// meets the road at z = camera height / v and a wall at z = |X of the wall / u|, whichever is nearer.
/// </summary>
internal sealed class SceneBackdrop(SceneWorld world, SceneCanvas canvas)
{
    public void Draw()
    {
        for (var x = 0; x < world.Width; x++)
        {
            var u = (x + 0.5f - world.VanishingColumn) / world.Focal;
            var isLeft = u < 0;
            var wallDepth = Math.Abs(u) < 1e-6f ? float.MaxValue : (isLeft ? world.WallLeft : world.WallRight) / u;
            var atEnd = wallDepth >= world.End;
            var depth = atEnd ? world.End : wallDepth;
            var front = atEnd ? world.EndFront : At(isLeft ? world.Left : world.Right, depth);
            // Position along the front: across the street at its end, along the street at its sides.
            var along = atEnd ? u * depth : depth;
            var light = atEnd ? 0.9f : isLeft ? world.LightLeft : world.LightRight;
            DrawColumn(x, u, depth, along, front, light);
        }
    }

    private static SceneFront At(SceneFront[] fronts, float depth)
    {
        var at = fronts.Length - 1;
        while (at > 0 && fronts[at].From > depth)
            at--;
        return fronts[at];
    }

    private void DrawColumn(int x, float u, float depth, float along, SceneFront front, float light)
    {
        var top = front.IsGreen ? front.Top * (1 + (0.25f * SceneNoise.Smooth(along * 0.9f, front.From, world.Salt))) : front.Top;
        for (var y = 0; y < world.Height; y++)
        {
            var pixel = (y * world.Width) + x;
            var v = (y + 0.5f - world.HorizonRow) / world.Focal;
            if (v * depth > world.CameraHeight)
            {
                Ground(pixel, u, world.CameraHeight / v);
                continue;
            }

            var height = world.CameraHeight - (v * depth);
            if (height > top)
                canvas.PutSky(pixel, Sky(x, y));
            else if (front.IsGreen)
                canvas.Put(pixel, 1 / depth, SceneGenerator.Vegetation, 0, Leaves(front.Colour, along, height, world.Salt) * light);
            else
                canvas.Put(pixel, 1 / depth, SceneGenerator.Building, 0, House(front, along, height, depth, u) * light);
        }
    }

    private void Ground(int pixel, float u, float depth)
    {
        var across = u * depth;
        var isRoad = across > world.RoadLeft && across < world.RoadRight;
        var colour = isRoad ? world.Road : world.Pavement;
        var step = depth / world.Focal; // metres per pixel, across
        if (isRoad && IsMark(across, depth, step))
            colour = world.Mark;
        else if (!isRoad && IsKerb(across, step))
            colour *= 0.72f;
        var grain = SceneNoise.Cell((int)((across * 3) + 1000), (int)(depth * 3), world.Salt);
        colour *= 1 + ((0.05f + (0.1f * world.Hard)) * grain);
        if (!float.IsNaN(world.ShadowEdge) && (across < world.ShadowEdge) == world.ShadowOnLeft)
            colour *= 0.62f;
        canvas.Put(pixel, 1 / depth, isRoad ? SceneGenerator.Road : SceneGenerator.Pavement, 0, colour);
    }

    private bool IsMark(float across, float depth, float step)
    {
        var half = Math.Max(0.09f, step * 0.5f);
        if (step > 0.35f)
            return false; // too far to be seen
        return (Math.Abs(across - world.LaneMark) < half && depth % 8 < 4)
            || Math.Abs(across - world.RoadLeft - 0.35f) < half
            || Math.Abs(world.RoadRight - across - 0.35f) < half;
    }

    private bool IsKerb(float across, float step) =>
        Math.Min(Math.Abs(across - world.RoadLeft), Math.Abs(across - world.RoadRight)) < Math.Max(0.15f, step);

    private SceneColour Sky(int x, int y)
    {
        var share = Math.Clamp(1 - (y / world.HorizonRow), 0, 1);
        var colour = SceneColour.Mix(world.HazeColour, world.SkyTop, share);
        var cloud = SceneNoise.Smooth(x * 5f / world.Width, y * 9f / world.Height, world.Salt ^ 77)
            + (0.5f * SceneNoise.Smooth(x * 12f / world.Width, y * 20f / world.Height, world.Salt ^ 78));
        return cloud <= 0 ? colour : SceneColour.Mix(colour, SceneColour.Gray(0.95f) * world.Light, Math.Min(1, cloud * world.Clouds));
    }

    private SceneColour House(SceneFront front, float along, float height, float depth, float u)
    {
        var grain = 1 + ((0.04f + (0.1f * world.Hard)) * SceneNoise.Cell((int)((along * 4) + 4000), (int)(height * 4), world.Salt));
        // A window of 1.1 m seen at a slant covers this many pixels; windows too small to be seen only darken the wall a little.
        var slant = depth < world.End ? Math.Abs(u) : 1;
        var pixels = 1.1f * world.Focal * slant / depth;
        var clarity = Math.Clamp((pixels - 0.6f) / 1.2f, 0, 1);
        var column = (along + 1000) / (front.Storey * 0.9f);
        var row = height / front.Storey;
        var (inColumn, inRow) = (column - MathF.Floor(column), row - MathF.Floor(row));
        var isWindow = height > 0.8f && inColumn is > 0.3f and < 0.72f && inRow is > 0.32f and < 0.8f && height < front.Top - 0.6f;
        var wall = height > front.Top - 0.35f ? front.Colour * 0.7f : front.Colour;
        if (!isWindow)
            return wall * (grain * (1 - (0.12f * (1 - clarity))));
        // Some windows reflect the sky.
        var glass = SceneNoise.Cell((int)column, (int)row, world.Salt ^ 5) > 0.4f ? SceneColour.Mix(front.Trim, world.SkyTop, 0.6f) : front.Trim;
        return SceneColour.Mix(wall * 0.88f, glass, clarity) * grain;
    }

    /// <summary>Leaves: light and dark patches of two sizes.</summary>
    public static SceneColour Leaves(SceneColour colour, float along, float height, uint salt) => colour *
        (1 + (0.3f * SceneNoise.Smooth(along * 2.5f, height * 2.5f, salt ^ 11)) + (0.2f * SceneNoise.Cell((int)((along * 6) + 6000), (int)((height * 6) + 600), salt ^ 12)));
}
