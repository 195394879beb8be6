namespace Ilt.Support;

/// <summary>The folder of real data sets that <c>ILT_DATA</c> points to; tests that need it are ignored where it is not set.</summary>
internal static class RealData
{
    public static string Set(string name)
    {
        var folder = Environment.GetEnvironmentVariable("ILT_DATA");
        if (string.IsNullOrEmpty(folder)) Assert.Ignore("the environment variable ILT_DATA is not set; it names the folder with the real data");
        var path = Path.Combine(folder!, name);
        if (!Directory.Exists(path)) Assert.Ignore($"the folder that ILT_DATA names holds no {name}");
        return path;
    }
}
