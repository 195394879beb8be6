namespace Ilt.Experiments.Tests;

/// <summary>Where the data of an experiment are looked for.</summary>
public class DataAccessTests
{
    [Test]
    public void PathOf_APointBesideTheFile_IsThatOfTheFolderWithTheData()
    {
        var root = Directory.CreateTempSubdirectory("ilt-data-").FullName;
        try
        {
            var (own, data) = (Path.Combine(root, "own"), Path.Combine(root, "data"));
            foreach (var folder in new[] { own, Path.Combine(data, "mnist20k"), Path.Combine(data, "fashion-mnist12k") }) Directory.CreateDirectory(folder);
            const string Text = """{ "title": "t", "data": [{ "generator": "pairs", "path": "." }], "corruptions": ["clean"], "weightings": ["equal"] }""";
            var file = ExperimentFile.Parse(Text, "e.json", own, ExperimentSize.Usual);
            var set = file.DataSets.Single();

            Assert.That(Path.GetFullPath(new DataAccess(file, data, new SmallExperiment.NoFiles()).PathOf(set)!), Is.EqualTo(data));
            Assert.That(() => new DataAccess(file, null, new SmallExperiment.NoFiles()).Fingerprint(set), Throws.TypeOf<ExperimentException>().With.Message.Contains(Path.Combine("own", ".", "mnist20k")));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
