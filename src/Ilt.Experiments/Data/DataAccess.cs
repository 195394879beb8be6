using System.Security.Cryptography;
using System.Text;
using Ilt.Imaging;

namespace Ilt.Experiments;

/// <summary>Finds, fingerprints and reads the data sets of an experiment; the last one read is kept, for cells that share it.</summary>
internal sealed class DataAccess(ExperimentFile file, string? dataFolder, IExperimentData external)
{
    private readonly Dictionary<string, string> fingerprints = new(StringComparer.Ordinal);
    private (string Set, int Seed, LoadedData Data)? last;

    /// <summary>A hash of the files of a data set; of the name alone where it is generated.</summary>
    public string Fingerprint(DataSet set)
    {
        if (fingerprints.TryGetValue(set.Name, out var known)) return known;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(set.Kind));
        var path = PathOf(set);
        if (path is not null)
        {
            foreach (var (name, content) in FilesOf(set, path))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(name));
                using var stream = File.OpenRead(content);
                hash.AppendData(SHA256.HashData(stream));
            }
        }
        return fingerprints[set.Name] = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads a data set.</summary>
    public LoadedData Load(DataSet set, int seed)
    {
        var builtIn = DataKinds.BuiltIn.FirstOrDefault(kind => kind.Name == set.Kind);
        if (builtIn is { DependsOnSeed: false }) seed = 0;
        if (last is { } kept && kept.Set == set.Name && kept.Seed == seed) return kept.Data;
        var path = PathOf(set);
        try
        {
            var data = builtIn is not null ? builtIn.Load(set, path, seed) : external.Read(set, path!, seed);
            last = (set.Name, seed, data);
            return data;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or ImageFormatException)
        {
            throw new ExperimentException($"{set.Where}: {e.Message}", e);
        }
    }

    /// <summary>The full path of a data set; null: it is generated.</summary>
    public string? PathOf(DataSet set)
    {
        if (set.Path is not { } path) return null;
        string[] places = Path.IsPathRooted(path) ? [path] : [Path.Combine(file.Folder, path), .. dataFolder is null ? Array.Empty<string>() : [Path.Combine(dataFolder, path)]];
        // "." is everywhere; what counts is that the folders are there that the kind of data needs.
        var builtIn = DataKinds.BuiltIn.FirstOrDefault(kind => kind.Name == set.Kind);
        return Array.Find(places, place => builtIn is not null && Directory.Exists(place) && builtIn.Folders(set, place).All(Directory.Exists))
            ?? Array.Find(places, place => File.Exists(place) || Directory.Exists(place))
            ?? throw new ExperimentException($"{set.Where}: there is no {string.Join(" and no ", places)}; mend the path, or name the folder it starts from with --data FOLDER.");
    }

    private IEnumerable<(string Name, string Path)> FilesOf(DataSet set, string path)
    {
        if (DataKinds.BuiltIn.FirstOrDefault(kind => kind.Name == set.Kind) is not { } builtIn)
            return external.Files(set, path).Select((name, i) => ($"{i}", name));
        var folders = builtIn.Folders(set, path);
        foreach (var folder in folders)
            if (!Directory.Exists(folder)) throw new ExperimentException($"{set.Where}: there is no folder {folder}, which {set.Kind} needs; mend the path.");
        return folders.SelectMany((folder, i) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(name => ($"{i}/{Path.GetRelativePath(folder, name)}", name)));
    }
}
