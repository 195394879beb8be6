namespace Ilt.Datasets;

/// <summary>What stands in a scene.</summary>
internal enum SceneThingKind
{
    Car,
    Person,
    Tree,
    Pole,
}
