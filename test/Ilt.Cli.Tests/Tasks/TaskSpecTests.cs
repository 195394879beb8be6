using Ilt.Cli.Tasks;

namespace Ilt.Cli.Tests.Tasks;

public sealed class TaskSpecTests
{
    [Test]
    public void Parse_SeveralColumns_KeepsOrderAndQuotedCommas()
    {
        var spec = TaskSpec.Parse("pose = Regression: a , \"b,c\",pose_*,x:y=z");

        Assert.That((spec.Name, spec.Kind), Is.EqualTo(("pose", TaskKind.Regression)));
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
