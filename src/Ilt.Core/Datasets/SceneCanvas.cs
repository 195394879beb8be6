using Ilt.Corruption;

namespace Ilt.Datasets;

/// <summary>The picture, the classes and the depth buffer of a scene being drawn.</summary>
internal sealed class SceneCanvas
{
    private readonly SceneWorld world;

    public SceneCanvas(SceneWorld world)
    {
        this.world = world;
        var pixels = world.Height * world.Width;
        Pixels = new byte[pixels * 3];
        Mask = new byte[pixels];
        InverseDepth = new float[pixels];
        Owner = new byte[pixels];
    }

    public byte[] Pixels { get; }

    public byte[] Mask { get; }

    public float[] InverseDepth { get; }

    /// <summary>Number + 1 of the thing seen at each pixel; 0 = the backdrop.</summary>
    public byte[] Owner { get; }

    /// <summary>Draws a pixel unless something nearer is there already.</summary>
    public void Put(int pixel, float inverseDepth, byte classId, byte owner, SceneColour colour)
    {
        if (inverseDepth < InverseDepth[pixel])
            return;
        InverseDepth[pixel] = inverseDepth;
        Mask[pixel] = classId;
        Owner[pixel] = owner;
        // Haze: the light that remains after z metres falls as 1 / (1 + haze z)^2.
        var clear = inverseDepth / (inverseDepth + world.Haze);
        Write(pixel, SceneColour.Mix(world.HazeColour, colour * world.Light, clear * clear));
    }

    /// <summary>Draws a pixel of the sky, which has its own light.</summary>
    public void PutSky(int pixel, SceneColour colour)
    {
        Mask[pixel] = SceneGenerator.Sky;
        Write(pixel, colour);
    }

    /// <summary>Darkens the ground under a thing; classes and depth stay.</summary>
    public void Shade(int pixel, float factor)
    {
        if (Owner[pixel] != 0)
            return;
        for (var channel = 0; channel < 3; channel++)
            Pixels[(pixel * 3) + channel] = (byte)(Pixels[(pixel * 3) + channel] * factor);
    }

    /// <summary>The camera's noise: the sum of two uniform numbers per value, i.e. triangular, with the world's standard deviation.</summary>
    public void AddCameraNoise(SeededGenerator generator)
    {
        // The sum of two bytes has a variance of 2 (256^2 - 1) / 12.
        var scale = world.CameraNoise / MathF.Sqrt(2 * 65535 / 12f);
        for (var at = 0; at < Pixels.Length; at += 3)
        {
            var bits = generator.Next();
            for (var channel = 0; channel < 3; channel++, bits >>= 16)
            {
                var noise = ((int)(bits & 255) + (int)((bits >> 8) & 255) - 255) * scale;
                Pixels[at + channel] = ToByte(Pixels[at + channel] + noise);
            }
        }
    }

    private void Write(int pixel, SceneColour colour)
    {
        Pixels[pixel * 3] = ToByte(colour.Red * 255);
        Pixels[(pixel * 3) + 1] = ToByte(colour.Green * 255);
        Pixels[(pixel * 3) + 2] = ToByte(colour.Blue * 255);
    }

    private static byte ToByte(float value) => (byte)(Math.Clamp(value, 0, 255) + 0.5f);
}
