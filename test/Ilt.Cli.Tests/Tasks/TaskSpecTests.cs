using Ilt.Cli.Tasks;

namespace Ilt.Cli.Tests.Tasks;

public sealed class TaskSpecTests
{
    [Test]
    public void Parse_SeveralColumns_KeepsOrderAndQuotedCommas()
    {
        var spec = TaskSpec.Parse("pose = Regression: a , \"b,c\",pose_*,x:y=z");

        Assert.That((spec.Name, spec.KindName), Is.EqualTo(("pose", "regression")));
        Assert.That(spec.ColumnPatterns, Is.EqualTo(new[] { "a", "b,c", "pose_*", "x:y=z" }));
    }

    [TestCase("Gender")]
    [TestCase("sex=Gender")]
    [TestCase("=class:Gender")]
    [TestCase("sex=class:")]
    [TestCase("sex=klass:Gender")]
    [TestCase("sex=class:\"Gender")]
    public void Parse_NotOfTheForm_QuotesItAndShowsAnExample(string text)
    {
        var error = Assert.Throws<UserErrorException>(() => TaskSpec.Parse(text))!;

        Assert.That(error.Message, Does.Contain($"--task '{text}'").And.Contain(text.Contains('"') ? "quote" : "sex=class:Gender"));
    }

    [Test]
    public void Parse_UnknownKind_NamesAllKinds()
    {
        var error = Assert.Throws<UserErrorException>(() => TaskSpec.Parse("a=klass:x"))!;

        Assert.That(error.Message, Is.EqualTo(
            "--task 'a=klass:x': there is no kind 'klass'; expected NAME=KIND:COLUMN[,COLUMN...] with KIND class, regression or count, mask or map for label images, "
            + "for example sex=class:Gender, or NAME=vertices:SHAPE,POSE with two regression tasks."));
        Assert.That(TaskSyntaxes.All.Select(syntax => TaskSyntaxes.Find(syntax.Word)), Is.EqualTo(TaskSyntaxes.All));
    }

    [Test]
    public void CorruptionKinds_AreToldInTheOrderOfTheHelp() => Assert.That(CorruptionRecipe.KindNames, Is.EqualTo(new[]
    {
        "flip", "pair", "permute", "uniform", "gaussian", "swap", "shift", "drop-region", "rename-region", "uniform-noise", "uniform-values",
    }));

    [Test]
    public void Parse_NamedId_IsRefused()
    {
        var error = Assert.Throws<UserErrorException>(() => TaskSpec.Parse("id=class:x"))!;

        Assert.That(error.Message, Does.Contain("name the task otherwise"));
        Assert.That(TaskSpec.Parse("Id=class:x").Name, Is.EqualTo("Id"));
    }

    [Test]
    public void ParseAll_OneNameTwice_IsRefused()
    {
        var error = Assert.Throws<UserErrorException>(() => TaskSpec.ParseAll(["a=class:x", "a=regression:y"]))!;

        Assert.That(error.Message, Does.Contain("'a'"));
    }
}
