using System.Globalization;

namespace Ilt.Examples.HumanShapeAndPose;

/// <summary>The command line of this example.</summary>
/// <param name="Data">Folder of body images; null: people are generated.</param>
/// <param name="Body">The body model, an .npz file in the layout of SMPL.</param>
/// <param name="People">People to generate; a quarter as many others come on top, to test on.</param>
/// <param name="Size">Height and width of generated pictures in pixels, a multiple of 16.</param>
/// <param name="Epochs">Passes over the people.</param>
/// <param name="Out">Folder for the files.</param>
internal sealed record Arguments(string? Data, string Body, int People, int Size, int Epochs, string Out)
{
    /// <summary>The arguments; null when they are not understood.</summary>
    public static Arguments? Parse(string[] args)
    {
        var result = new Arguments(null, Path.Combine(AppContext.BaseDirectory, "makehuman-cc0.npz"), 600, 64, 40, Path.Combine(Path.GetTempPath(), "ilt-people"));
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            switch (args[i])
            {
                case "--data" when value.Length > 0: result = result with { Data = value }; break;
                case "--body" when value.Length > 0: result = result with { Body = value }; break;
                case "--people" when number >= 16: result = result with { People = number }; break;
                case "--size" when number >= 32 && number % 16 == 0: result = result with { Size = number }; break;
                case "--epochs" when number >= 1: result = result with { Epochs = number }; break;
                case "--out" when value.Length > 0: result = result with { Out = value }; break;
                default:
                    Console.Error.WriteLine($"'{args[i]} {value}' was not understood. Usage: HumanShapeAndPose [--data DIR] [--body FILE.npz] [--people N (16 or more)] [--size PIXELS (a multiple of 16, 32 or more)] [--epochs N] [--out DIR]");
                    return null;
            }
        }
        return result;
    }
}
