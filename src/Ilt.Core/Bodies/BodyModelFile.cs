using System.IO.Compression;
using System.Text;
using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>
/// Takes the arrays of a body model out of an .npz file, one by one: files converted from SMPL's pickles often hold texts and Python objects
/// as well, which matter only where a model needs them.
/// </summary>
internal static class BodyModelFile
{
    public static readonly string[] ArrayNames =
    [
        "v_template", "shapedirs", "posedirs", "J_regressor", "J_regressor_data", "J_regressor_indices", "J_regressor_indptr", "weights", "kintree_table",
        "f", "faces",
    ];

    /// <summary>How a user gets from a pickle to arrays of numbers.</summary>
    public const string Advice =
        "Convert it once with Python (pip install numpy scipy, and chumpy where the file asks for it): import pickle, numpy as np; "
        + "d = pickle.load(open('model.pkl', 'rb'), encoding='latin1'); "
        + "np.savez('model.npz', J_regressor=d['J_regressor'].toarray(), **{k: np.array(d[k]) for k in ('v_template', 'shapedirs', 'posedirs', 'weights', 'kintree_table', 'f')})";

    public static Dictionary<string, NpyArray> Read(string path) => Read(FileBytes.Read(path), path);

    /// <summary>The same of a file in memory; <paramref name="path"/> is what messages call it.</summary>
    public static Dictionary<string, NpyArray> Read(byte[] file, string path)
    {
        // A zip file begins with PK; a pickle with its protocol's number or, in the oldest protocol, with an opening bracket.
        if (!file.AsSpan().StartsWith("PK"u8))
            throw new ImageFormatException(path, path.EndsWith(".pkl", StringComparison.OrdinalIgnoreCase) || file is [0x80, ..] or [(byte)'(', ..]
                ? $"this is a Python pickle, which only Python can read; expected an .npz file. {Advice}"
                : "this is not an .npz file (a zip file of NumPy arrays), or it is damaged.");
        var arrays = new Dictionary<string, NpyArray>();
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            foreach (var name in ArrayNames)
                if (archive.GetEntry(name + ".npy") is { } entry)
                    arrays.Add(name, Read(entry, name, path));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            throw new ImageFormatException(path, "the NumPy archive cannot be unpacked: it is truncated, damaged or not a zip file.", e);
        }

        return arrays;
    }

    private static NpyArray Read(ZipArchiveEntry entry, string name, string path)
    {
        using var stream = entry.Open();
        var bytes = FileBytes.Read(stream);
        var header = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 512)));
        if (header.Contains("'descr': '|O", StringComparison.Ordinal))
            throw new ImageFormatException(path, $"the array '{name}' holds Python objects (a sparse matrix or a chumpy array), which only Python can read; expected numbers. {Advice}");
        return NpyFile.Read(new MemoryStream(bytes, writable: false), $"{path}, array '{name}'");
    }
}
