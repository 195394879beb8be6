using Ilt.Corruption;
using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>Random pictures to stand before: slow changes of colour with rectangles in them.</summary>
internal static class BodyBackground
{
    private const int Cells = 3;
    private const int MostRectangles = 4;

    public static ByteImage Draw(ImageSize size, SeededGenerator generator)
    {
        Span<float> grid = stackalloc float[(Cells + 1) * (Cells + 1) * 3];
        // Half of it is one colour for the whole picture: rooms and lawns are not rainbows.
        Span<float> common = stackalloc float[3];
        for (var c = 0; c < 3; c++) common[c] = 100 * (float)generator.NextDouble();
        for (var i = 0; i < grid.Length; i++) grid[i] = 20 + common[i % 3] + (100 * (float)generator.NextDouble());
        var pixels = new byte[size.PixelCount * 3];
        for (var pixel = 0; pixel < size.PixelCount; pixel++)
        {
            var (x, y) = (Cells * ((pixel % size.Width) + 0.5f) / size.Width, Cells * ((pixel / size.Width) + 0.5f) / size.Height);
            var (column, row) = ((int)x, (int)y);
            var (right, down) = (x - column, y - row);
            var corner = ((row * (Cells + 1)) + column) * 3;
            for (var c = 0; c < 3; c++)
            {
                var upper = ((1 - right) * grid[corner + c]) + (right * grid[corner + 3 + c]);
                var lower = ((1 - right) * grid[corner + (3 * (Cells + 1)) + c]) + (right * grid[corner + (3 * (Cells + 2)) + c]);
                pixels[(3 * pixel) + c] = (byte)(((1 - down) * upper) + (down * lower));
            }
        }

        for (var rectangles = generator.NextInt(MostRectangles + 1); rectangles > 0; rectangles--) DrawRectangle(pixels, size, generator);
        return new ByteImage(size.Height, size.Width, 3, pixels);
    }

    private static void DrawRectangle(byte[] pixels, ImageSize size, SeededGenerator generator)
    {
        var (width, height) = (1 + generator.NextInt(Math.Max(1, size.Width / 2)), 1 + generator.NextInt(Math.Max(1, size.Height / 2)));
        var (left, top) = (generator.NextInt(size.Width), generator.NextInt(size.Height));
        Span<byte> colour = [(byte)generator.NextInt(256), (byte)generator.NextInt(256), (byte)generator.NextInt(256)];
        for (var row = top; row < Math.Min(top + height, size.Height); row++)
            for (var column = left; column < Math.Min(left + width, size.Width); column++)
                colour.CopyTo(pixels.AsSpan(3 * ((row * size.Width) + column), 3));
    }
}
