using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Imaging;

namespace Ilt.Cli.Pipeline;

/// <summary>The images that a saved model is to see.</summary>
internal static class ModelImages
{
    /// <summary>The image files by row, whose heads have been looked at; null for a model of feature columns.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The table whose column names the images.</param>
    /// <param name="folder">The folder that their paths start from; null: the current one.</param>
    /// <param name="pixelFolder">Where predicted masks and maps are going to be written; null: nowhere that was named.</param>
    /// <exception cref="UserErrorException">An image is not there, or not of the kind that the model was trained on.</exception>
    public static string[]? Of(SavedModel model, Table table, string? folder, string? pixelFolder)
    {
        if (model.ImageColumn is not { } name)
        {
            if ((folder ?? pixelFolder) is not null)
                throw new UserErrorException($"{(folder is null ? "--pixels" : "--images")}: the model was trained on the columns of a table, not on images; leave it out.");
            return null;
        }

        if (folder is not null && !Directory.Exists(folder))
            throw new UserErrorException($"--images {folder}: there is no such folder; check the path.");
        if (pixelFolder is not null && Place.AreSame(pixelFolder, folder ?? "."))
            throw new UserErrorException($"--pixels {pixelFolder}: is the folder of the pictures that are read; name another, so that none is lost.");
        var column = table.Column(name, "the model needs the column that names the images");
        var paths = ImagePlan.PathsOf(table, name, folder ?? ".", "--images");
        for (var row = 0; row < paths.Length; row++)
        {
            if (paths[row].Length == 0)
                throw new UserErrorException($"{column.Where(row)}: the cell is empty, and a row needs an image; name one, or leave the row out.");
            ImageFile image;
            try
            {
                image = ImageFile.Read(paths[row]);
            }
            catch (ImageFormatException e)
            {
                throw new UserErrorException($"{column.Where(row)}: {e.Message} Mend the row, or leave it out.", e);
            }

            var isArray = ImageFile.IsArray(paths[row]);
            if (isArray != (model.ArrayChannels is not null) || (isArray && image.Channels != model.ArrayChannels))
                throw new UserErrorException(FormattableString.Invariant(
                    $"{column.Where(row)}: {paths[row]} is {Kind(isArray ? image.Channels : null)}, and the model was trained on {Kind(model.ArrayChannels)}; give it images of that kind."));
        }

        return paths;
    }

    private static string Kind(int? channels) => channels is { } count ? FormattableString.Invariant($"NumPy arrays of {count} channel(s)") : "pictures";
}
