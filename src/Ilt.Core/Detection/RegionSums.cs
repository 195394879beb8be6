namespace Ilt.Detection;

/// <summary>Gathers what is reported about each connected region.</summary>
internal sealed class RegionSums
{
    private readonly int width;
    private readonly int[] labels;
    private readonly Sum[] sums;

    public RegionSums(int[] keys, int height, int width)
    {
        this.width = width;
        (labels, var sizes) = ConnectedRegions.Find(keys, height, width);
        sums = new Sum[sizes.Length];
    }

    public void Add(int pixel, float heat, float given, float suggested)
    {
        if (labels[pixel] < 0)
            return;
        ref var sum = ref sums[labels[pixel]];
        var (y, x) = (pixel / width, pixel % width);
        if (sum.Pixels == 0)
            (sum.Top, sum.Left, sum.Right) = (y, x, x); // pixels come row by row
        sum.Left = Math.Min(sum.Left, x);
        sum.Right = Math.Max(sum.Right, x);
        sum.Bottom = y;
        sum.Pixels++;
        sum.Heat += heat;
        sum.Given += given;
        sum.Suggested += suggested;
    }

    public IReadOnlyList<FlaggedRegion> List(int labelled, RegionOptions options, double minimumHeat)
    {
        var regions = new List<FlaggedRegion>();
        foreach (var sum in sums)
        {
            var heat = sum.Heat / sum.Pixels;
            if (sum.Pixels < options.MinimumPixels || !(heat >= minimumHeat))
                continue;
            regions.Add(new FlaggedRegion(
                (float)(sum.Given / sum.Pixels), (float)(sum.Suggested / sum.Pixels),
                new RegionBox(sum.Top, sum.Left, sum.Bottom - sum.Top + 1, sum.Right - sum.Left + 1),
                sum.Pixels, (double)sum.Pixels / labelled, heat, heat * Math.Sqrt(sum.Pixels)));
        }

        // A stable order: equal scores in the order of their first pixels.
        return [.. regions.OrderByDescending(region => region.Score).Take(options.MaximumRegions)];
    }

    private struct Sum
    {
        public int Pixels;
        public int Top;
        public int Left;
        public int Right;
        public int Bottom;
        public double Heat;
        public double Given;
        public double Suggested;
    }
}
