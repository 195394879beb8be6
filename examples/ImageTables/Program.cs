using System.Globalization;
using Ilt.Examples.ImageTables.Data;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var at = Array.IndexOf(args, "--data");
try
{
    var data = new DataFolder(at >= 0 && at + 1 < args.Length ? args[at + 1] : null);
    var (train, test) = PairsData.Load(data);
    Console.WriteLine($"pairs   {train.Size}: {train.Count} train, {test.Count} test");
    var (nuclei, nucleiTest) = NucleiData.Load(data);
    Console.WriteLine($"nuclei  {nuclei.Size}: {nuclei.Count} train, {nucleiTest.Count} validation, {nuclei.CorrectedMasks.Count(m => m is not null)} corrected masks in train");
    var (streets, streetsTest) = CamVidData.Load(data);
    Console.WriteLine($"camvid  {streets.Size}: {streets.Count} train, {streetsTest.Count} validation");
    return 0;
}
catch (Exception e) when (e is IOException or FormatException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
