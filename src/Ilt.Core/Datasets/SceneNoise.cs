namespace Ilt.Datasets;

/// <summary>Textures of scenes: fixed pseudo-random functions of integer cells. No transcendental functions, so the same on every platform.</summary>
internal static class SceneNoise
{
    /// <summary>Uniform in [-1, 1), a function of the cell.</summary>
    public static float Cell(int a, int b, uint salt)
    {
        var h = ((uint)a * 0x9E3779B1) ^ ((uint)b * 0x85EBCA77) ^ salt;
        h = (h ^ (h >> 15)) * 0x2C1B3C6D;
        h = (h ^ (h >> 12)) * 0x297A2D39;
        h ^= h >> 15;
        return (h * (2f / 4294967296f)) - 1;
    }

    /// <summary>Smooth in [-1, 1): cells of side 1, bilinear between their corners.</summary>
    public static float Smooth(float a, float b, uint salt)
    {
        var floorA = MathF.Floor(a);
        var floorB = MathF.Floor(b);
        var (cellA, cellB) = ((int)floorA, (int)floorB);
        var (restA, restB) = (a - floorA, b - floorB);
        var top = Cell(cellA, cellB, salt) + (restB * (Cell(cellA, cellB + 1, salt) - Cell(cellA, cellB, salt)));
        var bottom = Cell(cellA + 1, cellB, salt) + (restB * (Cell(cellA + 1, cellB + 1, salt) - Cell(cellA + 1, cellB, salt)));
        return top + (restA * (bottom - top));
    }
}
