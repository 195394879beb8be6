namespace Ilt.Datasets;

/// <summary>A thing that stands on the ground.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="X">Its middle across the street, metres.</param>
/// <param name="Z">Its near side, metres ahead.</param>
/// <param name="Height">Height in metres.</param>
/// <param name="Width">Width in metres.</param>
/// <param name="Colour">Main colour: paint, jacket, leaves, the sign.</param>
/// <param name="Second">Second colour: lamps, trousers, trunk, mast.</param>
/// <param name="Variant">Picks details.</param>
internal readonly record struct SceneThing(
    SceneThingKind Kind, float X, float Z, float Height, float Width, SceneColour Colour, SceneColour Second, int Variant);
