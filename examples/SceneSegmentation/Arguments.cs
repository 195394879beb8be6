using System.Globalization;

namespace Ilt.Examples.SceneSegmentation;

/// <summary>The command line of this example.</summary>
/// <param name="Scenes">Scenes to train on; a quarter as many unseen ones come on top.</param>
/// <param name="Size">Height and width in pixels, a multiple of 8.</param>
/// <param name="Epochs">Passes over the scenes; about half of what would be chosen from the data, to be done in a minute or two.</param>
/// <param name="Out">Folder for the files.</param>
internal sealed record Arguments(int Scenes, int Size, int Epochs, string Out)
{
    /// <summary>The arguments; null when they are not understood.</summary>
    public static Arguments? Parse(string[] args)
    {
        var result = new Arguments(400, 64, 30, Path.Combine(Path.GetTempPath(), "ilt-scenes"));
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            switch (args[i])
            {
                case "--scenes" when number >= 8: result = result with { Scenes = number }; break;
                case "--size" when number >= 32 && number % 8 == 0: result = result with { Size = number }; break;
                case "--epochs" when number >= 1: result = result with { Epochs = number }; break;
                case "--out" when value.Length > 0: result = result with { Out = value }; break;
                default:
                    Console.Error.WriteLine($"'{args[i]} {value}' was not understood. Usage: SceneSegmentation [--scenes N (8 or more)] [--size PIXELS (a multiple of 8, 32 or more)] [--epochs N] [--out DIR]");
                    return null;
            }
        }
        return result;
    }
}
