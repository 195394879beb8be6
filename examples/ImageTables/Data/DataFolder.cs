namespace Ilt.Examples.ImageTables.Data;

/// <summary>The folder that holds the data sets, each in a folder of its own: mnist20k/, fashion-mnist12k/, dsb2018-nuclei/, camvid/.</summary>
internal sealed class DataFolder
{
    private readonly string path;

    /// <param name="given">The value of --data; the variable ILT_DATA where null.</param>
    /// <exception cref="DirectoryNotFoundException">Neither is given, or there is no such folder.</exception>
    public DataFolder(string? given)
    {
        path = given ?? Environment.GetEnvironmentVariable("ILT_DATA") ?? throw new DirectoryNotFoundException("The data folder is missing: give --data DIR, or set ILT_DATA.");
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"The data folder '{path}' does not exist: give another one with --data DIR, or set ILT_DATA.");
    }

    /// <summary>The folder of one data set.</summary>
    /// <exception cref="DirectoryNotFoundException">The data set is not there.</exception>
    public string Set(string name)
    {
        var path = Path.Combine(this.path, name);
        return Directory.Exists(path) ? path : throw new DirectoryNotFoundException($"The data folder '{this.path}' holds no folder '{name}', which this experiment needs.");
    }
}
