using Ilt.Corruption;

namespace Ilt.Datasets;

/// <summary>Places the things of a scene.</summary>
internal static class SceneThings
{
    public static List<SceneThing> Draw(SceneWorld world, SceneGenerator.Counts counts, SeededGenerator generator)
    {
        var things = new List<SceneThing>();
        for (var i = 0; i < counts.Trees; i++)
            things.Add(Tree(world, generator));
        for (var i = 0; i < counts.Poles; i++)
            things.Add(Pole(world, generator));
        for (var i = 0; i < counts.Cars; i++)
            things.Add(Car(world, generator));
        for (var i = 0; i < counts.Persons; i++)
            things.Add(Person(world, generator));
        return things;
    }

    private static float Far(SceneWorld world) => 12 + (22 * world.Hard);

    /// <summary>A distance whose inverse is uniform, so that near and far things take turns.</summary>
    private static float Distance(SceneWorld world, float near, SeededGenerator generator) =>
        1 / generator.Between(1 / Far(world), 1 / near);

    private static SceneThing Car(SceneWorld world, SeededGenerator generator)
    {
        var x = generator.NextInt(4) switch
        {
            0 => world.RoadLeft + 1.05f, // parked
            1 => world.RoadRight - 1.05f,
            2 => ((world.RoadLeft + world.LaneMark) / 2) + generator.Around(0, 0.3f),
            _ => ((world.RoadRight + world.LaneMark) / 2) + generator.Around(0, 0.3f),
        };
        var paint = generator.NextInt(3) == 0
            ? SceneColour.Gray(generator.Between(0.08f, 0.95f))
            : new SceneColour(generator.Between(0.05f, 0.9f), generator.Between(0.05f, 0.7f), generator.Between(0.05f, 0.9f));
        paint = SceneColour.Mix(paint, SceneColour.Gray(generator.Between(0.2f, 0.6f)), generator.Between(0, world.Hard));
        var isRear = x > world.LaneMark;
        return new SceneThing(SceneThingKind.Car, x, Distance(world, 5, generator), generator.Between(1.4f, 1.75f), generator.Between(1.7f, 1.95f),
            paint, isRear ? new SceneColour(0.9f, 0.1f, 0.08f) : new SceneColour(1, 1, 0.85f), generator.NextInt(4));
    }

    private static SceneThing Person(SceneWorld world, SeededGenerator generator)
    {
        var x = generator.NextInt(5) switch
        {
            0 => generator.Between(world.RoadLeft, world.RoadRight),
            1 or 2 => generator.Between(world.WallLeft + 0.4f, world.RoadLeft + 0.3f),
            _ => generator.Between(world.RoadRight - 0.3f, world.WallRight - 0.4f),
        };
        return new SceneThing(SceneThingKind.Person, x, Distance(world, 4, generator), generator.Between(1.35f, 1.95f), generator.Between(0.5f, 0.68f),
            Cloth(world, generator), Cloth(world, generator) * 0.7f, generator.NextInt(1 << 16));
    }

    private static SceneColour Cloth(SceneWorld world, SeededGenerator generator) => SceneColour.Mix(
        new SceneColour(generator.Between(0.05f, 0.95f), generator.Between(0.05f, 0.8f), generator.Between(0.05f, 0.95f)),
        SceneColour.Gray(generator.Between(0.1f, 0.5f)), generator.Between(0, world.Hard));

    private static SceneThing Tree(SceneWorld world, SeededGenerator generator) => new(
        SceneThingKind.Tree, Kerb(world, generator, 0.9f), Distance(world, 5, generator), generator.Between(4, 7.5f), generator.Between(2, 4),
        SceneWorld.Leaves(generator, world.Hard), new SceneColour(0.32f, 0.24f, 0.17f) * generator.Between(0.6f, 1.1f), generator.NextInt(1 << 16));

    private static SceneThing Pole(SceneWorld world, SeededGenerator generator)
    {
        var sign = generator.NextInt(4) switch
        {
            0 => new SceneColour(0.85f, 0.1f, 0.1f),
            1 => new SceneColour(0.1f, 0.25f, 0.8f),
            2 => new SceneColour(0.95f, 0.8f, 0.1f),
            _ => SceneColour.Gray(0.12f), // a traffic light
        };
        return new SceneThing(SceneThingKind.Pole, Kerb(world, generator, 0.45f), Distance(world, 4.5f, generator), generator.Between(2.6f, 5.5f), 0.2f,
            sign, SceneColour.Gray(generator.Between(0.25f, 0.6f)), generator.NextInt(4));
    }

    private static float Kerb(SceneWorld world, SeededGenerator generator, float from) => generator.NextInt(2) == 0
        ? world.RoadLeft - from
        : world.RoadRight + from;
}
