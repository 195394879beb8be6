namespace Ilt.Datasets;

/// <summary>Draws things into the canvas, nearer pixels over farther ones.</summary>
internal sealed class SceneThingPainter(SceneWorld world, SceneCanvas canvas)
{
    private const float CarLength = 4.2f;

    public void Draw(in SceneThing thing, byte owner)
    {
        switch (thing.Kind)
        {
            case SceneThingKind.Car:
                Shadow(thing, CarLength);
                CarSide(thing, owner);
                CarFace(thing, owner);
                break;
            case SceneThingKind.Person:
                Shadow(thing, 0.5f);
                Person(thing, owner);
                break;
            case SceneThingKind.Tree:
                Tree(thing, owner);
                break;
            default:
                Pole(thing, owner);
                break;
        }
    }

    private int Column(float x, float z) => (int)MathF.Floor(world.VanishingColumn + (world.Focal * x / z));

    private int Row(float height, float z) => (int)MathF.Floor(world.HorizonRow + (world.Focal * (world.CameraHeight - height) / z));

    /// <summary>The pixels of an upright rectangle: at least one column wide, cut at the picture's edges.</summary>
    private (int Left, int Right, int Top, int Bottom) Box(float left, float right, float bottom, float top, float z)
    {
        var first = Column(left, z);
        var last = Math.Max(first + 1, Column(right, z));
        return (Math.Max(0, first), Math.Min(world.Width, last), Math.Max(0, Row(top, z)), Math.Min(world.Height, Row(bottom, z)));
    }

    private float Across(int column, float z) => (column + 0.5f - world.VanishingColumn) * z / world.Focal;

    private float HeightAt(int row, float z) => world.CameraHeight - ((row + 0.5f - world.HorizonRow) * z / world.Focal);

    private void Shadow(in SceneThing thing, float length)
    {
        var farRow = Math.Max(0, Row(0, thing.Z + length));
        var nearRow = Math.Min(world.Height - 1, Row(0, thing.Z * 0.94f));
        for (var y = farRow; y <= nearRow; y++)
        {
            var z = world.CameraHeight * world.Focal / Math.Max(0.5f, y + 0.5f - world.HorizonRow);
            var (first, last) = (Column(thing.X - (thing.Width * 0.6f), z), Column(thing.X + (thing.Width * 0.6f), z));
            for (var x = Math.Max(0, first); x < Math.Min(world.Width, last); x++)
                canvas.Shade((y * world.Width) + x, 0.5f);
        }
    }

    private void CarFace(in SceneThing car, byte owner)
    {
        var (left, right, top, bottom) = Box(car.X - (car.Width / 2), car.X + (car.Width / 2), 0, car.Height, car.Z);
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
            {
                var side = Math.Abs(Across(x, car.Z) - car.X) / (car.Width / 2);
                var level = HeightAt(y, car.Z) / car.Height;
                if (level > 0.58f && side > 1.22f - (0.45f * level))
                    continue; // the cabin is narrower towards the roof
                if (level < 0.15f && side < 0.62f)
                    continue; // the road shows between the wheels
                var colour = level switch
                {
                    < 0.24f => SceneColour.Gray(0.06f), // tyres and bumper
                    > 0.62f and < 0.93f when side < 0.72f => SceneColour.Mix(SceneColour.Gray(0.1f), world.SkyTop, 0.25f),
                    > 0.4f and < 0.54f when side > 0.66f => car.Second,
                    _ => car.Colour * (0.8f + (0.25f * level)),
                };
                canvas.Put((y * world.Width) + x, 1 / car.Z, SceneGenerator.Car, owner, colour);
            }
    }

    /// <summary>The side that faces the middle of the picture: the column's ray meets it at z = X of the side / u.</summary>
    private void CarSide(in SceneThing car, byte owner)
    {
        var edge = car.X > 0 ? car.X - (car.Width / 2) : car.X + (car.Width / 2);
        if (edge * car.X <= 0)
            return; // straight ahead: no side is seen
        var (first, last) = (Column(edge, car.Z), Column(edge, car.Z + CarLength));
        for (var x = Math.Max(0, Math.Min(first, last)); x <= Math.Min(world.Width - 1, Math.Max(first, last)); x++)
        {
            var z = Math.Clamp(edge * world.Focal / (x + 0.5f - world.VanishingColumn), car.Z, car.Z + CarLength);
            var along = (z - car.Z) / CarLength;
            var (top, bottom) = (Math.Max(0, Row(car.Height, z)), Math.Min(world.Height, Row(0, z)));
            for (var y = top; y < bottom; y++)
            {
                var level = HeightAt(y, z) / car.Height;
                var isWheel = level < 0.36f && (Math.Abs(along - 0.2f) < 0.09f || Math.Abs(along - 0.8f) < 0.09f);
                if ((level > 0.58f && along is < 0.04f or > 0.72f) || (level < 0.16f && !isWheel))
                    continue;
                var colour = isWheel ? SceneColour.Gray(0.06f)
                    : level is > 0.62f and < 0.9f && along is > 0.1f and < 0.66f ? SceneColour.Gray(0.12f)
                    : car.Colour * (car.X > 0 ? 0.85f * world.LightRight : 0.85f * world.LightLeft);
                canvas.Put((y * world.Width) + x, 1 / z, SceneGenerator.Car, owner, colour);
            }
        }
    }

    private void Person(in SceneThing person, byte owner)
    {
        var skin = new SceneColour(0.85f, 0.65f, 0.52f) * (0.35f + (0.65f * (person.Variant & 255) / 255f));
        var (left, right, top, bottom) = Box(person.X - (person.Width / 2), person.X + (person.Width / 2), 0, person.Height, person.Z);
        var isThin = right - left < 3; // too few columns for a shape
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
            {
                var side = isThin ? 0.3f : Math.Abs(Across(x, person.Z) - person.X) / (person.Width / 2);
                var level = HeightAt(y, person.Z) / person.Height;
                var isHead = level > 0.86f;
                if (side > (isHead ? 0.42f : level > 0.48f ? 0.95f : 0.68f) || (level < 0.42f && side < 0.16f))
                    continue;
                var colour = isHead ? level > 0.95f ? skin * 0.4f : skin : level > 0.48f ? person.Colour : person.Second;
                canvas.Put((y * world.Width) + x, 1 / person.Z, SceneGenerator.Person, owner, colour);
            }
    }

    private void Tree(in SceneThing tree, byte owner)
    {
        var crown = tree.Height * 0.62f; // height of the crown's middle
        var (halfWidth, halfHeight) = (tree.Width / 2, tree.Height - crown);
        var (left, right, top, bottom) = Box(tree.X - 0.14f, tree.X + 0.14f, 0, crown, tree.Z);
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
                canvas.Put((y * world.Width) + x, 1 / tree.Z, SceneGenerator.Vegetation, owner, tree.Second);

        (left, right, top, bottom) = Box(tree.X - (halfWidth * 1.2f), tree.X + (halfWidth * 1.2f), crown - (halfHeight * 1.2f), tree.Height + 0.3f, tree.Z);
        var salt = world.Salt + (uint)tree.Variant;
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
            {
                var (across, height) = (Across(x, tree.Z) - tree.X, HeightAt(y, tree.Z) - crown);
                var distance = (across * across / (halfWidth * halfWidth)) + (height * height / (halfHeight * halfHeight));
                if (distance > 1 + (0.4f * SceneNoise.Smooth(across * 2, height * 2, salt)))
                    continue;
                var leaves = SceneBackdrop.Leaves(tree.Colour, across + 100, height + 100, salt) * (1 + (0.25f * height / halfHeight));
                canvas.Put((y * world.Width) + x, 1 / tree.Z, SceneGenerator.Vegetation, owner, leaves);
            }
    }

    private void Pole(in SceneThing pole, byte owner)
    {
        Fill(pole.X - (pole.Width / 2), pole.X + (pole.Width / 2), 0, pole.Height, pole.Z, owner, pole.Second);
        if (pole.Variant == 0)
        {
            // A street lamp's arm reaches over the road.
            var reach = pole.X < 0 ? 1.3f : -1.3f;
            Fill(Math.Min(pole.X, pole.X + reach), Math.Max(pole.X, pole.X + reach), pole.Height - 0.25f, pole.Height, pole.Z, owner, pole.Second);
            return;
        }

        Fill(pole.X - 0.38f, pole.X + 0.38f, pole.Height - 0.85f, pole.Height, pole.Z * 0.995f, owner, pole.Colour);
    }

    private void Fill(float leftX, float rightX, float bottomY, float topY, float z, byte owner, SceneColour colour)
    {
        var (left, right, top, bottom) = Box(leftX, rightX, bottomY, topY, z);
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
                canvas.Put((y * world.Width) + x, 1 / z, SceneGenerator.Pole, owner, colour);
    }
}
